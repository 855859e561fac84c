import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { readStacks, type Stack } from '../src/stack/read-stacks.ts';

const asset = fileURLToPath(new URL('fixtures/assembly/asset.promises', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'local-lambda-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const at = (construct: string) => ({ 'aws:cdk:path': `Stack/${construct}/Resource` });
const arnOf = (logicalId: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [logicalId, attribute] });

const orders = {
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', Handler: 'handler.handler' },
  Metadata: { ...at('orders/Function'), 'aws:asset:path': asset },
};

/** The stack of a template that holds a function `orders`, logical id `Orders`, and these. */
async function stackOf(resources: object, outputs: object = {}): Promise<Stack> {
  const write = (file: string, value: object) => writeFile(path.join(folder, file), JSON.stringify(value));
  const properties = { templateFile: 'Stack.template.json', stackName: 'Shop' };
  await write('manifest.json', { artifacts: { Stack: { type: 'aws:cloudformation:stack', properties } } });
  await write('Stack.template.json', { Resources: { Orders: orders, ...resources }, Outputs: outputs });
  const [stack] = (await readStacks(folder)).stacks;
  if (!stack) throw new Error('No stack was read');
  return stack;
}

const queue = { Type: 'AWS::SQS::Queue', Properties: {}, Metadata: at('orders/Queue') };
const mapping = { EventSourceArn: arnOf('Queue'), FunctionName: { Ref: 'Orders' } };

describe('reading a stack', () => {
  it('names a queue by its construct, and finds its dead-letter queue', async () => {
    const { name, queues } = await stackOf({
      Queue: {
        ...queue,
        Properties: {
          FifoQueue: true,
          VisibilityTimeout: 180,
          RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 5 },
        },
      },
      Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'given.fifo', FifoQueue: true } },
    });
    expect(name).toBe('Shop');
    expect(queues.map(({ name, arn, fifo }) => ({ name, arn, fifo }))).toEqual([
      { name: 'orders-Queue.fifo', arn: 'arn:aws:sqs:us-east-1:000000000000:orders-Queue.fifo', fifo: true },
      { name: 'given.fifo', arn: 'arn:aws:sqs:us-east-1:000000000000:given.fifo', fifo: true },
    ]);
    expect(queues[0]?.attributes).toEqual({
      FifoQueue: 'true',
      VisibilityTimeout: '180',
      RedrivePolicy:
        '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:given.fifo","maxReceiveCount":5}',
    });
  });

  it("gives a mapping Lambda's defaults for what was left out", async () => {
    const { mappings } = await stackOf({
      Queue: queue,
      Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: mapping },
    });
    expect(mappings).toEqual([
      {
        logicalId: 'Mapping',
        source: 'sqs',
        sourceArn: 'arn:aws:sqs:us-east-1:000000000000:orders-Queue',
        topics: [],
        functionName: 'orders',
        batchSize: 10,
        windowMs: 0,
        reportBatchItemFailures: false,
        parallelizationFactor: 1,
        pollers: 1,
        bisectBatchOnFunctionError: false,
        maximumRetries: -1,
        maximumRecordAgeMs: Infinity,
        filters: [],
        notes: [],
      },
    ]);
  });

  it.each([
    [
      undefined,
      'The mapping of orders has no ReportBatchItemFailures, so Lambda ignores the response and deletes failed messages.',
    ],
    [['ReportBatchItemFailures'], undefined],
  ])('with FunctionResponseTypes %j warns: %s', async (types, warning) => {
    const { warnings } = await stackOf({
      Queue: queue,
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { ...mapping, ...(types && { FunctionResponseTypes: types }) },
      },
    });
    expect(warnings).toEqual(warning === undefined ? [] : [expect.stringContaining(warning)]);
  });

  it('warns once about all mappings of queues whose responses are ignored', async () => {
    const ignoring = { Type: 'AWS::Lambda::EventSourceMapping', Properties: mapping };
    const { warnings } = await stackOf({ Queue: queue, First: ignoring, Second: ignoring });
    expect(warnings).toEqual([
      'The mappings of orders have no ReportBatchItemFailures, so Lambda ignores the response and deletes failed messages. Add it to FunctionResponseTypes',
    ]);
  });

  it('reads the event pollers of a queue in provisioned mode', async () => {
    const { mappings } = await stackOf({
      Queue: queue,
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { ...mapping, ProvisionedPollerConfig: { MaximumPollers: 20 } },
      },
    });
    expect(mappings).toMatchObject([{ provisionedPollers: { minimum: 2, maximum: 20 } }]);
  });

  it("reads a stream's retries, a table's key and a cluster's topics", async () => {
    const { streams, tables, mappings } = await stackOf({
      Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 2 }, Metadata: at('orders/Stream') },
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        },
        Metadata: at('orders/Table'),
      },
      OfStream: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          ...mapping,
          EventSourceArn: arnOf('Stream'),
          MaximumRetryAttempts: 4,
          MaximumRecordAgeInSeconds: 60,
          BisectBatchOnFunctionError: true,
        },
      },
      OfTable: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { ...mapping, EventSourceArn: arnOf('Table', 'StreamArn') },
      },
      OfCluster: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          ...mapping,
          EventSourceArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/c/1',
          Topics: ['t'],
        },
      },
    });
    expect(streams).toMatchObject([{ name: 'orders-Stream', shards: 2 }]);
    expect(tables).toMatchObject([{ name: 'orders-Table', keyNames: ['id'], streamViewType: 'NEW_IMAGE' }]);
    expect(mappings.map(({ source }) => source)).toEqual(['kinesis', 'dynamodb', 'kafka']);
    expect(mappings[0]).toMatchObject({
      batchSize: 100,
      maximumRetries: 4,
      maximumRecordAgeMs: 60_000,
      bisectBatchOnFunctionError: true,
    });
    expect(mappings[1]?.sourceArn).toBe(tables[0]?.streamArn);
    expect(mappings[2]).toMatchObject({ topics: ['t'], windowMs: 500 });
  });

  it('lists unserved resources, except those without effect here', async () => {
    const { skipped, mappings } = await stackOf({
      Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
      Role: { Type: 'AWS::IAM::Role', Properties: {} },
      Lost: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { ...mapping, EventSourceArn: { 'Fn::ImportValue': 'elsewhere' } },
      },
    });
    expect(mappings).toEqual([]);
    expect(skipped).toEqual([
      { logicalId: 'Bucket', type: 'AWS::S3::Bucket', reason: 'it is of a type that is not served here' },
      {
        logicalId: 'Lost',
        type: 'AWS::Lambda::EventSourceMapping',
        reason: 'its source is not served here: the export elsewhere, which is not in a stack here',
      },
    ]);
  });

  it('lists disabled mappings and those of resources deployed elsewhere', async () => {
    const sourceArn = 'arn:aws:sqs:us-east-1:123456789012:elsewhere';
    const type = 'AWS::Lambda::EventSourceMapping';
    const { skipped, mappings } = await stackOf({
      Queue: queue,
      Mapping: { Type: type, Properties: mapping },
      Resting: { Type: type, Properties: { ...mapping, Enabled: false } },
      OfAnother: {
        Type: type,
        Properties: { ...mapping, FunctionName: 'arn:aws:lambda:us-east-1:1:function:pay' },
      },
      FromAnother: { Type: type, Properties: { ...mapping, EventSourceArn: sourceArn } },
    });
    expect(mappings.map(({ logicalId }) => logicalId)).toEqual(['Mapping']);
    expect(skipped).toEqual([
      { logicalId: 'Resting', type, reason: 'it is disabled' },
      { logicalId: 'OfAnother', type, reason: 'its function is not in a stack here: pay' },
      { logicalId: 'FromAnother', type, reason: `its source is not in a stack here: ${sourceArn}` },
    ]);
  });

  it('returns the outputs that are known here, queues where they are served', async () => {
    const { outputs } = await stackOf(
      { Queue: queue },
      {
        QueueUrl: { Value: { Ref: 'Queue' } },
        FunctionName: { Value: { Ref: 'Orders' } },
        Where: { Value: { 'Fn::Sub': '${Orders} in ${AWS::Region}' } },
        Joined: { Value: { 'Fn::Join': ['/', ['a', arnOf('Queue')]] } },
        Unknown: { Value: { 'Fn::ImportValue': 'elsewhere' } },
      },
    );
    expect(Object.fromEntries(outputs('http://127.0.0.1:3000'))).toEqual({
      QueueUrl: 'http://127.0.0.1:3000/000000000000/orders-Queue',
      FunctionName: 'orders',
      Where: 'orders in us-east-1',
      Joined: 'a/arn:aws:sqs:us-east-1:000000000000:orders-Queue',
    });
  });
});
