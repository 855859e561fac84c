import { describe, expect, it } from 'vitest';

import { deployCommand, propertiesOf } from '../../src/analysis/properties.ts';
import { tunedMeasurements } from '../tuned-measurements.ts';

const setting = { function: 'orders', memoryMb: 1769, workers: 20, variables: { MODE: 'fast' } } as const;
const series = { id: 'id', workload: 'any', variant: 'orders', setting, messages: 50, cold: false };

function linesOf(parts: Partial<typeof series> = {}, withBatchSize = true): readonly (readonly string[])[] {
  return propertiesOf({ ...series, ...parts }, { name: 'orders', withBatchSize }).map(({ lines }) => lines);
}

describe('the properties of a setting', () => {
  it('are those of CDK, SAM and the AWS CLI', () => {
    expect(linesOf()).toEqual([
      [
        'memorySize: 1769,',
        "environment: { MODE: 'fast', WORKERS: '20' },",
        '// of the event source',
        'batchSize: 50,',
        'maxBatchingWindow: Duration.seconds(1),',
      ],
      [
        'MemorySize: 1769',
        "Environment: { Variables: { MODE: 'fast', WORKERS: '20' } }",
        '# of the event',
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

  it('have no window for a batch of 10', () => {
    expect(linesOf({ messages: 10 }).flat().join()).not.toMatch(/window/i);
  });

  it('omit the batch size if only one was measured', () => {
    expect(linesOf({}, false).flat().join()).not.toMatch(/batch/i);
  });

  it('have no variables if the function keeps its own', () => {
    const plain = { function: 'orders', memoryMb: 512 };
    expect(
      linesOf({ setting: plain as typeof setting })
        .flat()
        .join(),
    ).not.toMatch(/environment/i);
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
