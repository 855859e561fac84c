import type { SqsEvent } from '@parallel-lambda/event-sources';
import { describe, expect, it } from 'vitest';

import { comparedWorkloads, eventInGroups, planComparison } from '../../src/compare/plan-comparison.ts';
import { coldStart, workloads } from '../../src/compare/workloads.ts';
import type { Trial } from '../../src/trial.ts';

const trials = planComparison([
  { function: 'promises', memoryMb: 3008 },
  { function: 'worker-threads', memoryMb: 3008 },
]);

it('has a sequential baseline, the first technique with one worker, and every technique in each workload', () => {
  const waiting = trials.filter(({ series }) => series.workload === 'waiting');
  expect(waiting.map(({ series: { variant, setting } }) => [variant, setting])).toEqual([
    ['sequential', { function: 'promises', memoryMb: 3008, workers: 1 }],
    ['promises', { function: 'promises', memoryMb: 3008 }],
    ['worker-threads', { function: 'worker-threads', memoryMb: 3008 }],
  ]);
});

it("processes the sample's batch with its four workers, once, and has no sequential baseline", () => {
  const sample = trials.filter(({ series }) => series.workload === 'the AWS sample');
  expect(sample.map(({ series, maxRuns }) => [series.variant, series.setting.workers, maxRuns])).toEqual([
    ['promises', 4, 1],
    ['worker-threads', 4, 1],
  ]);
});

it('restarts every technique a few times', () => {
  const cold = trials.filter(({ series }) => series.cold);
  expect(cold.map(({ series, warmUp, maxRuns }) => [series.variant, warmUp, maxRuns])).toEqual([
    ['promises', undefined, 5],
    ['worker-threads', undefined, 5],
  ]);
});

it('names every series differently', () => {
  expect(new Set(trials.map(({ series }) => series.id)).size).toBe(trials.length);
});

describe('of functions as they are deployed', () => {
  const deployed = planComparison(
    [
      { function: 'effect-fibers', memoryMb: 3008 },
      { function: 'promises', memoryMb: 3008 },
    ],
    true,
  );
  const groupsOf = ({ event }: Trial): number =>
    new Set((event as SqsEvent).Records.map(({ attributes }) => attributes.MessageGroupId)).size;

  it('makes the sequential baseline one message group, and the four workers of the sample are four', () => {
    const held = deployed.filter(({ series }) => series.setting.workers !== undefined);
    expect(
      held.map((trial) => [trial.series.variant, trial.series.setting.workers, groupsOf(trial)]),
    ).toEqual([...workloads.map(() => ['sequential', 1, 1]), ['effect-fibers', 4, 4], ['promises', 4, 4]]);
  });

  it('takes the promises function as the sequential baseline, in any position', () => {
    const [baseline] = deployed;
    expect(baseline?.series).toMatchObject({ variant: 'sequential', setting: { function: 'promises' } });
  });

  it('none is restarted', () => {
    expect(deployed.filter(({ series }) => series.cold)).toEqual([]);
    expect(comparedWorkloads(true)).not.toContain(coldStart);
  });
});

it('an event in groups assigns its messages in turn to the groups of a FIFO queue, in order', () => {
  const { Records } = eventInGroups(5, { wait: 1 }, 2);
  expect(Records.map(({ body, attributes }) => [body, attributes.MessageGroupId])).toEqual(
    ['group-0', 'group-1', 'group-0', 'group-1', 'group-0'].map((group) => ['{"wait":1}', group]),
  );
  const order = Records.map(({ attributes }) => attributes.SequenceNumber ?? '');
  expect([...order].sort()).toEqual(order);
  expect(new Set(order).size).toBe(5);
  expect(Records[0]?.eventSourceARN).toMatch(/\.fifo$/);
});
