import { expect, it } from 'vitest';

import { planComparison } from '../../src/comparison/plan-comparison.ts';

const trials = planComparison([
  { function: 'promises', memoryMb: 3008 },
  { function: 'worker-threads', memoryMb: 3008 },
]);

it('has one by one, which is the first technique with one worker, and every technique in each workload', () => {
  const waiting = trials.filter(({ series }) => series.workload === 'waiting');
  expect(waiting.map(({ series: { way, setting } }) => [way, setting])).toEqual([
    ['one by one', { function: 'promises', memoryMb: 3008, workers: 1 }],
    ['promises', { function: 'promises', memoryMb: 3008 }],
    ['worker-threads', { function: 'worker-threads', memoryMb: 3008 }],
  ]);
});

it("works on the sample's batch with its four workers, once, and not one by one", () => {
  const sample = trials.filter(({ series }) => series.workload === 'the AWS sample');
  expect(sample.map(({ series, mostRuns }) => [series.way, series.setting.workers, mostRuns])).toEqual([
    ['promises', 4, 1],
    ['worker-threads', 4, 1],
  ]);
});

it('starts every technique anew a few times', () => {
  const cold = trials.filter(({ series }) => series.cold);
  expect(cold.map(({ series, warmUp, mostRuns }) => [series.way, warmUp, mostRuns])).toEqual([
    ['promises', undefined, 5],
    ['worker-threads', undefined, 5],
  ]);
});

it('names every series differently', () => {
  expect(new Set(trials.map(({ series }) => series.id)).size).toBe(trials.length);
});
