import type { IncomingHttpHeaders } from 'node:http';

/** Format of the requests and errors of a service. */
export type Protocol = 'json' | 'query' | 'rest';

/** Operation of a request. */
export interface RequestedOperation {
  /** The name that requests of the service are signed for, such as `sqs`; `unknown` if the request does not have it. */
  readonly service: string;
  /** Such as `SendMessage`, or method and path where the protocol has no name for it. */
  readonly operation: string;
  readonly protocol: Protocol;
}

/** Services by the first part of `X-Amz-Target`. Others have its name. */
const targets: Readonly<Record<string, string>> = {
  AmazonSQS: 'sqs',
  AWSEvents: 'events',
  AWSStepFunctions: 'states',
  AmazonSSM: 'ssm',
  DynamoDB_20120810: 'dynamodb',
  DynamoDBStreams_20120810: 'dynamodbstreams',
  Firehose_20150804: 'firehose',
  GraniteServiceVersion20100801: 'monitoring',
  Kinesis_20131202: 'kinesis',
  Logs_20140328: 'logs',
  TrentService: 'kms',
  secretsmanager: 'secretsmanager',
};

/** Services by the `Version` of the query protocol, for unsigned requests. */
const versions: Readonly<Record<string, string>> = {
  '2010-03-31': 'sns',
  '2010-05-08': 'iam',
  '2010-05-15': 'cloudformation',
  '2010-08-01': 'monitoring',
  '2011-06-15': 'sts',
  '2012-11-05': 'sqs',
};

/**
 * Returns the operation that a request asks for, by path, headers and, for the query protocol, body.
 *
 * @param body absent before it was read
 * @returns nothing if that is known only with the body
 */
export function requestedOperation(
  {
    method,
    path,
    headers,
  }: { readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders },
  body?: Buffer,
): RequestedOperation | undefined {
  const byPath = `${method} ${path}`;
  if (path.startsWith('/2015-03-31/')) return { service: 'lambda', operation: byPath, protocol: 'rest' };
  if (path.startsWith('/topics/')) return { service: 'kafka', operation: byPath, protocol: 'rest' };
  const signedFor = /Credential=[^/]+\/\d+\/[\w-]+\/([\w-]+)\//.exec(headers.authorization ?? '')?.[1];
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const [prefix = '', operation = ''] = target.split('.');
    return { service: targets[prefix] ?? signedFor ?? prefix, operation, protocol: 'json' };
  }
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return { service: signedFor ?? 'unknown', operation: byPath, protocol: 'rest' };
  }
  if (!body) return undefined;
  const parameters = new URLSearchParams(body.toString());
  const [action, version] = [parameters.get('Action'), parameters.get('Version')];
  const service = signedFor ?? versions[version ?? ''] ?? 'unknown';
  if (action === null) return { service, operation: byPath, protocol: 'rest' };
  return { service, operation: action, protocol: 'query' };
}
