import { describe, expect, it } from 'vitest';

import type { MappedBatches } from '../../src/analysis/mapping-properties.ts';
import { deployCommand, propertiesOf } from '../../src/analysis/properties.ts';
import { tunedMeasurements } from '../tuned-measurements.ts';

const setting = { function: 'orders', memoryMb: 1769, workers: 20, variables: { MODE: 'fast' } } as const;

function linesOf(batches?: MappedBatches): readonly (readonly string[])[] {
  return propertiesOf(setting, { name: 'orders', batches }).map(({ lines }) => lines);
}

/** Returns the lines about batches. */
function mappingOf(batches: MappedBatches): readonly (readonly string[])[] {
  return linesOf(batches).map((lines) => lines.slice(2));
}

describe('the properties of a setting', () => {
  it('are those of CDK, SAM and the AWS CLI', () => {
    expect(linesOf({ messages: 50, source: 'sqs' })).toEqual([
      [
        'memorySize: 1769,',
        "environment: { MODE: 'fast', WORKERS: '20' },",
        '// SqsEventSource',
        'batchSize: 50,',
        'maxBatchingWindow: Duration.seconds(1),',
      ],
      [
        'MemorySize: 1769',
        "Environment: { Variables: { MODE: 'fast', WORKERS: '20' } }",
        '# the event of type SQS',
        'BatchSize: 50',
        'MaximumBatchingWindowInSeconds: 1',
      ],
      [
        'aws lambda update-function-configuration --function-name orders \\',
        "  --memory-size 1769 --environment 'Variables={MODE=fast,WORKERS=20}'",
        'aws lambda update-event-source-mapping --uuid UUID --batch-size 50 \\',
        '  --maximum-batching-window-in-seconds 1',
      ],
    ]);
  });

  it.each(['kinesis', 'dynamodb'] as const)('have the parallelization that a shard of %s needs', (source) => {
    const [cdk, sam, cli] = mappingOf({ messages: 10, source, perSecond: 300 });
    expect(cdk?.slice(1)).toEqual([
      'batchSize: 10,',
      '// for a full shard: 1,000 records per second',
      'parallelizationFactor: 4,',
    ]);
    expect(sam?.at(-1)).toBe('ParallelizationFactor: 4');
    expect(cli?.join(' ')).toContain('--parallelization-factor 4');
  });

  it('have a parallelization of at most 10, and say how far it reaches', () => {
    const [cdk] = mappingOf({ messages: 10, source: 'kinesis', perSecond: 30.5 });
    expect(cdk?.slice(2)).toEqual([
      '// for 305 records per second per shard (a full shard: 1,000)',
      'parallelizationFactor: 10,',
    ]);
  });

  it.each([
    ['kafka', 'ManagedKafkaEventSource', 'MSK'],
    ['self-managed-kafka', 'SelfManagedKafkaEventSource', 'SelfManagedKafka'],
  ] as const)('have only a batch size for %s, whose window is 500 ms', (source, cdk, sam) => {
    expect(mappingOf({ messages: 300, source, perSecond: 60 })).toEqual([
      [`// ${cdk}`, 'batchSize: 300,'],
      [`# the event of type ${sam}`, 'BatchSize: 300'],
      ['aws lambda update-event-source-mapping --uuid UUID --batch-size 300'],
    ]);
  });

  it('are those of a pipe, if EventBridge Pipes sends the batches', () => {
    const [cdk, sam, cli] = mappingOf({ messages: 50, source: 'dynamodb', piped: true, perSecond: 2000 });
    expect(cdk).toEqual([
      '// sourceParameters.dynamoDbStreamParameters of the CfnPipe',
      '// for a full shard: 1,000 records per second',
      'batchSize: 50,',
      'maximumBatchingWindowInSeconds: 1,',
      'parallelizationFactor: 1,',
    ]);
    expect(sam?.[0]).toBe('# SourceParameters.DynamoDBStreamParameters of the AWS::Pipes::Pipe');
    expect(cli?.join('\n')).toContain(
      '{"DynamoDBStreamParameters":{"BatchSize":50,"MaximumBatchingWindowInSeconds":1,"ParallelizationFactor":1}}',
    );
    expect(mappingOf({ messages: 10, source: 'sqs', piped: true })[0]).toEqual([
      '// sourceParameters.sqsQueueParameters of the CfnPipe',
      'batchSize: 10,',
    ]);
  });

  it('have no window for a batch of 10', () => {
    expect(linesOf({ messages: 10 }).flat().join()).not.toMatch(/window/i);
  });

  it('omit the batch size if only one was measured', () => {
    expect(linesOf().flat().join()).not.toMatch(/batch/i);
  });

  it('have no variables if the function keeps its own', () => {
    const plain = propertiesOf({ function: 'orders', memoryMb: 512 }, { name: 'orders' });
    expect(plain.flatMap(({ lines }) => lines).join()).not.toMatch(/environment/i);
  });
});

it('a setting of this repository is deployed by a command of lines that fit', () => {
  const [first] = tunedMeasurements([
    { variant: 'worker-threads', memoryMb: 3538, workers: 30, threads: 2, durations: [] },
  ]).series;
  expect(first && deployCommand(first).lines).toEqual([
    'npx nx deploy infra --context techniques=worker-threads \\',
    '  --context memory=3538 --context batchSize=100 --context workers=30 \\',
    '  --context threads=2',
  ]);
});
