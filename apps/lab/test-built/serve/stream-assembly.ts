import { changedAssembly, type TemporaryAssembly } from './changed-assembly.ts';

const sources = {
  kinesis: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
  dynamodb: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    },
  },
} as const;

const arns = {
  kinesis: { 'Fn::GetAtt': ['Source', 'Arn'] },
  dynamodb: { 'Fn::GetAtt': ['Source', 'StreamArn'] },
  kafka: 'arn:aws:kafka:us-east-1:123456789012:cluster/c/1',
} as const;

const outputValues = {
  kinesis: { StreamName: { Ref: 'Source' } },
  dynamodb: { TableName: { Ref: 'Source' } },
  kafka: { ConsumerGroup: 'ParallelLambda-promises', Topic: 'orders' },
} as const;

/** The synthesized stack with `promises` reading a stream; a batch is halved and tried twice. The others read nothing. */
export async function streamAssembly(kind: 'kinesis' | 'dynamodb' | 'kafka'): Promise<TemporaryAssembly> {
  return changedAssembly((resources, outputs) => {
    delete outputs.PromisesQueueUrl;
    for (const [key, Value] of Object.entries(outputValues[kind])) outputs[`Promises${key}`] = { Value };
    const mappings = Object.entries(resources).filter(
      ([, { Type }]) => Type === 'AWS::Lambda::EventSourceMapping',
    );
    for (const [logicalId, { Properties }] of mappings) {
      if (!logicalId.startsWith('promises')) {
        Properties.Enabled = false;
        continue;
      }
      const deadLetters = Object.keys(resources).find((id) => id.startsWith('promisesDeadLetterQueue'));
      Object.assign(Properties, {
        EventSourceArn: arns[kind],
        MaximumRetryAttempts: 1,
        BisectBatchOnFunctionError: true,
        MaximumBatchingWindowInSeconds: 0,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [deadLetters, 'Arn'] } } },
        ...(kind === 'kafka' && { Topics: ['orders'] }),
      });
    }
    if (kind === 'kafka') return;
    const Metadata = { 'aws:cdk:path': 'ParallelLambda/promises/Source/Resource' };
    resources.Source = { ...structuredClone(sources[kind]), Metadata };
  });
}
