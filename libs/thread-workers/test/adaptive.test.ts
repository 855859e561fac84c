import { adaptive } from '@parallel-lambda/batch';
import { setUp, statuses, times, turns } from '@parallel-lambda/conformance';
import { expect, it } from 'vitest';

import { threadWorkers } from '../src/index.ts';

const work = new URL(import.meta.resolve('@parallel-lambda/conformance/work'));

it('has no more messages in flight than the limits of all threads allow', async () => {
  const makeTechnique = ({ workers }: { readonly workers: number }) =>
    threadWorkers({ work, workers: adaptive({ min: workers, max: workers }), threads: 2 });
  const { run, recorder } = setUp(makeTechnique, { workers: 4 });
  const running = run(times(20, 'gate'));
  await recorder.untilStarts(4);
  await turns();
  expect(recorder.starts).toBe(4);
  recorder.openAll();
  expect(statuses(await running)).toEqual(times(20, 'succeeded'));
  expect(recorder.maxInFlight).toBe(4);
});

it('holds messages back when all fail, and processes the next batch', async () => {
  const { run, recorder } = setUp(() => threadWorkers({ work, workers: adaptive(), threads: 2 }), {
    workers: 1,
  });
  const outcomes = await run(times(2_000, 'fail'));
  expect(recorder.starts).toBeLessThan(1_000);
  expect(outcomes.filter(({ status }) => status === 'failed')).toHaveLength(recorder.starts);
  expect(outcomes.at(-1)).toEqual({ status: 'unfinished', reason: 'held back' });
  expect(statuses(await run(times(20, 'succeed'), { first: 2_000 }))).toEqual(times(20, 'succeeded'));
});
