import { region } from '@parallel-lambda/local-lambda';
import { recordOf, type TemplateResource } from './template-resource.ts';

/** The account of everything that is served on this machine. */
export const account = '000000000000';

/**
 * The name of a resource that has none in its template, where CloudFormation would make one up: of its construct,
 * without the stack's, such as `promises-Queue`. A FIFO queue's ends in `.fifo`.
 */
export function physicalName({ logicalId, constructPath, properties, type }: TemplateResource): string {
  const { QueueName, Name, TableName } = properties;
  const given = {
    'AWS::SQS::Queue': QueueName,
    'AWS::Kinesis::Stream': Name,
    'AWS::DynamoDB::Table': TableName,
  }[type];
  if (typeof given === 'string') return given;
  const [, ...below] = (constructPath ?? '').split('/').filter((part) => part !== 'Resource');
  const name = below.join('-').replaceAll(/[^\w-]/g, '') || logicalId;
  return properties.FifoQueue === true ? `${name.slice(0, 75)}.fifo` : name.slice(0, 80);
}

/** The ARN of a resource on this machine, and of a table its stream's. */
export function arnOf(service: string, resource: string): string {
  return `arn:aws:${service}:${region()}:${account}:${resource}`;
}

/** What the attributes of a resource are that other resources refer to by `Fn::GetAtt`. */
export function attributesOf(resource: TemplateResource): Readonly<Record<string, string>> {
  const name = physicalName(resource);
  switch (resource.type) {
    case 'AWS::SQS::Queue':
      return { Arn: arnOf('sqs', name), QueueName: name };
    case 'AWS::Kinesis::Stream':
      return { Arn: arnOf('kinesis', `stream/${name}`) };
    case 'AWS::DynamoDB::Table': {
      const arn = arnOf('dynamodb', `table/${name}`);
      const streams = 'StreamViewType' in recordOf(resource.properties.StreamSpecification);
      return { Arn: arn, ...(streams && { StreamArn: `${arn}/stream/2026-01-01T00:00:00.000` }) };
    }
    default:
      return {};
  }
}
