import { region } from '@parallel-lambda/local-lambda';

import { account, arnOf, type NamedResource } from './names.ts';
import { recordOf } from './template-resource.ts';

/** Values of the references to a resource. */
export interface Referable {
  /** Value of `Ref`. */
  readonly ref: string;
  /** Values of `Fn::GetAtt`, by attribute. */
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Returns the values of references to a resource.
 *
 * @returns nothing for a resource of a type that is not served here
 */
export function referableOf(resource: NamedResource): Referable | undefined {
  const { name, type, properties } = resource;
  switch (type) {
    case 'AWS::SQS::Queue': {
      const url = queueUrl(awsQueues(), name);
      return { ref: url, attributes: { Arn: arnOf('sqs', name), QueueName: name, QueueUrl: url } };
    }
    case 'AWS::SNS::Topic': {
      const arn = arnOf('sns', name);
      return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
    }
    case 'AWS::Kinesis::Stream':
      return { ref: name, attributes: { Arn: arnOf('kinesis', `stream/${name}`) } };
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable': {
      const arn = arnOf('dynamodb', `table/${name}`);
      const streams = 'StreamViewType' in recordOf(properties.StreamSpecification);
      const stream = { StreamArn: `${arn}/stream/2026-01-01T00:00:00.000` };
      return { ref: name, attributes: { Arn: arn, ...(streams && stream) } };
    }
    case 'AWS::Lambda::Function':
      return { ref: name, attributes: { Arn: arnOf('lambda', `function:${name}`) } };
    case 'AWS::Lambda::LayerVersion': {
      const arn = arnOf('lambda', `layer:${name}:1`);
      return { ref: arn, attributes: { LayerVersionArn: arn } };
    }
    default:
      return undefined;
  }
}

/**
 * Returns the values of references to a resource that is not served: a readable name or ARN.
 *
 * @param attribute of `Fn::GetAtt`. @default none, for `Ref`
 */
export function placeholderOf({ name, type, properties }: NamedResource, attribute?: string): string {
  const [, service = '', kind = ''] = type.split('::');
  const given = [`${kind}Name`, 'Name']
    .map((key) => properties[key])
    .find((value) => typeof value === 'string');
  const own = given ?? name;
  const arn = placeholderArn(service, kind, own);
  if (attribute === undefined) return namedByArn.test(type) ? arn : own;
  return attribute.endsWith('Arn') ? arn : `${own}.${attribute}`;
}

/** Identities have no region, and buckets neither region nor account nor kind. */
function placeholderArn(service: string, kind: string, name: string): string {
  if (service === 'S3') return `arn:aws:s3:::${name}`;
  const resource = `${kind.toLowerCase()}/${name}`;
  if (service === 'IAM') return `arn:aws:iam::${account}:${resource}`;
  return arnOf(serviceNames[service] ?? service.toLowerCase(), resource);
}

/** Services whose name in ARNs differs from the one in resource types. */
const serviceNames: Readonly<Record<string, string>> = {
  MSK: 'kafka',
  StepFunctions: 'states',
  KafkaConnect: 'kafkaconnect',
};

/** Types whose `Ref` is an ARN. */
const namedByArn =
  /^AWS::(?:MSK|SecretsManager::Secret|StepFunctions|ElasticLoadBalancingV2|Scheduler::Schedule$|AmazonMQ)/;

/** Endpoint of SQS in the region. */
function awsQueues(): string {
  return `https://sqs.${region()}.amazonaws.com`;
}

/** Returns the URL of a queue at an endpoint. */
export function queueUrl(endpoint: string, name: string): string {
  return `${endpoint}/${account}/${name}`;
}

/** Returns a text in which the queues' URLs are those of an endpoint instead of AWS's. */
export function servedAt(endpoint: string, text: string): string {
  return text.replaceAll(`${awsQueues()}/${account}/`, `${endpoint}/${account}/`);
}
