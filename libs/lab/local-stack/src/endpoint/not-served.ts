import { ServiceError } from './reply.ts';
import type { Protocol, RequestedOperation } from './requested-operation.ts';

/** Names of services, if they differ from the name that requests are signed for. */
const titles: Readonly<Record<string, string>> = {
  cloudformation: 'CloudFormation',
  dynamodb: 'DynamoDB',
  dynamodbstreams: 'DynamoDB Streams',
  events: 'EventBridge',
  firehose: 'Firehose',
  iam: 'IAM',
  kafka: 'Kafka',
  kinesis: 'Kinesis',
  kms: 'KMS',
  lambda: 'Lambda',
  logs: 'CloudWatch Logs',
  monitoring: 'CloudWatch',
  s3: 'S3',
  secretsmanager: 'Secrets Manager',
  sns: 'SNS',
  sqs: 'SQS',
  ssm: 'Systems Manager',
  states: 'Step Functions',
  sts: 'STS',
  unknown: 'The request',
};

const codes: Readonly<Record<Protocol, readonly [status: number, code: string]>> = {
  json: [400, 'UnknownOperationException'],
  query: [400, 'InvalidAction'],
  rest: [404, 'UnknownOperationException'],
};

/** The service exists on AWS, or the operation does, and is not served here. */
export class NotServedError extends ServiceError {
  override readonly name = 'NotServedError';

  constructor({ service, operation, protocol }: RequestedOperation) {
    const [status, code] = service === 's3' ? ([501, 'NotImplemented'] as const) : codes[protocol];
    const passOn = service === 'unknown' ? '' : `; pass --endpoint ${service}=URL`;
    super(status, code, `${titles[service] ?? service} ${operation}: not served here${passOn}`);
  }
}
