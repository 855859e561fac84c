import { expect, it } from 'vitest';

import { readMapping } from '../src/stack/mapping-definition.ts';

const queue = 'arn:aws:sqs:us-east-1:000000000000:q';
const base = { FunctionName: 'orders', EventSourceArn: queue };
const read = (properties: object) =>
  readMapping({
    logicalId: 'Mapping',
    type: 'AWS::Lambda::EventSourceMapping',
    name: 'Mapping',
    properties: { ...base, ...properties },
    placeholders: [],
  });

it.each([
  'orders',
  'orders:live',
  'arn:aws:lambda:us-east-1:000000000000:function:orders',
  'arn:aws:lambda:us-east-1:000000000000:function:orders:live',
  '000000000000:function:orders:1',
])('a mapping names its function by %s', (reference) => {
  expect(read({ FunctionName: reference })).toMatchObject({ functionName: 'orders' });
});

it('numbers and booleans may be texts', () => {
  expect(
    read({ BatchSize: '7', ScalingConfig: { MaximumConcurrency: '3' }, BisectBatchOnFunctionError: 'true' }),
  ).toMatchObject({ batchSize: 7, maximumConcurrency: 3, bisectBatchOnFunctionError: true });
  expect(read({ Enabled: 'false' })).toBe('it is disabled');
});

it('a mapping of a consumer reads its stream', () => {
  const stream = 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks';
  expect(read({ EventSourceArn: `${stream}/consumer/fast:1` })).toMatchObject({ sourceArn: stream });
});

it('settings that are not simulated are named', () => {
  const stream = 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks';
  expect(
    read({ EventSourceArn: stream, TumblingWindowInSeconds: 30, StartingPosition: 'LATEST' }),
  ).toMatchObject({
    notes: ['TumblingWindowInSeconds is not simulated: batches have no window and no state'],
  });
  expect(read({ EventSourceArn: stream })).toMatchObject({
    notes: ['StartingPosition is missing, and Lambda requires it: set LATEST or TRIM_HORIZON'],
  });
  const future = { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 4_000_000_000 };
  expect(read({ EventSourceArn: stream, ...future })).toMatchObject({
    notes: ['StartingPositionTimestamp is in the future: earlier records are delivered here too'],
  });
});

it('pollers of the provisioned mode are simulated', () => {
  expect(read({ ProvisionedPollerConfig: { MinimumPollers: 3, MaximumPollers: 20 } })).toMatchObject({
    provisionedPollers: { minimum: 3, maximum: 20 },
    notes: [],
  });
});

it('a filter that Lambda would refuse is named', () => {
  const criteria = (pattern: string) => ({ FilterCriteria: { Filters: [{ Pattern: pattern }] } });
  expect(read(criteria('{"body":{"a":[1]}}'))).toMatchObject({ filters: ['{"body":{"a":[1]}}'] });
  expect(read(criteria('{"body":{"a":1}}'))).toBe(
    'its FilterCriteria are not valid: a must be an object or a list of values, not 1',
  );
});

it('a mapping with topics is of Kafka, whatever its cluster is', () => {
  expect(read({ EventSourceArn: 'ClusterArn', Topics: ['orders'] })).toMatchObject({
    source: 'kafka',
    sourceArn: 'ClusterArn',
    topics: ['orders'],
    // Unlike those of streams, its mapping needs no StartingPosition.
    notes: [],
  });
});
