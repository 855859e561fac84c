import { checkOption } from '@parallel-lambda/batch/technique';

/** Domains of the partitions that do not end in `amazonaws.com`. */
const domains: Readonly<Record<string, string>> = {
  'aws-cn': 'amazonaws.com.cn',
  'aws-eusc': 'amazonaws.eu',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
  'aws-iso-e': 'cloud.adc-e.uk',
  'aws-iso-f': 'csp.hci.ic.gov',
};

/**
 * Returns the URL of a queue from its ARN.
 *
 * @param arn such as `arn:aws:sqs:eu-west-1:123456789012:orders`
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
 */
export function queueUrlOf(arn: string): string {
  const [, partition = '', , region, account, name] = arn.split(':');
  return `https://sqs.${region}.${domains[partition] ?? 'amazonaws.com'}/${account}/${name}`;
}

/** Returns whether a URL is that of a queue with this ARN, at any endpoint. */
export function isUrlOf(url: string, arn: string): boolean {
  const [account, name] = arn.split(':').slice(4);
  return arn.includes(':sqs:') && url.endsWith(`/${account}/${name}`);
}

/**
 * Returns the URL of the parking queue: the environment variable `PARKING_QUEUE_URL`, else the option `park`; `undefined` if
 * neither is set.
 *
 * @throws {InvalidOptionError} when it is not the URL of a queue
 */
export function readParkingQueue(option: string | undefined): string | undefined {
  const variable = process.env.PARKING_QUEUE_URL;
  const [name, value] = variable
    ? ['The environment variable PARKING_QUEUE_URL', variable]
    : ['park', option];
  const expected = 'the URL of an SQS queue, such as https://sqs.eu-west-1.amazonaws.com/123456789012/parked';
  checkOption(name, expected, value, value === undefined || isQueueUrl(value));
  return value;
}

function isQueueUrl(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\/[^/\s]+\/(?:[^/\s]+\/)*[\w-]+(?:\.fifo)?$/.test(value);
}
