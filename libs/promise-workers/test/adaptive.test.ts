import { adaptive } from '@parallel-lambda/batch';
import { setUp, statuses, times } from '@parallel-lambda/conformance';
import work from '@parallel-lambda/conformance/work';
import { expect, it, vi } from 'vitest';

import { promiseWorkers } from '../src/index.ts';

const makeTechnique = () => promiseWorkers({ work, workers: adaptive({ max: 64 }) });

it('starts with 22 messages in flight', async () => {
  const { run, recorder } = setUp(makeTechnique, { workers: 1 });
  const running = run(times(2_000, 'gate'));
  await recorder.untilStarts(22);
  expect(recorder.inFlight).toBe(22);
  recorder.openAll();
  expect(statuses(await running)).toEqual(times(2_000, 'succeeded'));
  expect(recorder.maxInFlight).toBeLessThanOrEqual(64);
});

it('holds messages back when all fail, tries one of the next batch, and recovers', async () => {
  const { run, recorder } = setUp(makeTechnique, { workers: 1 });
  const outcomes = await run(times(1_000, 'fail'));
  expect(recorder.starts).toBeLessThan(100);
  expect(outcomes.at(-1)).toEqual({ status: 'unfinished', reason: 'held back' });
  const starts = recorder.starts;
  await run(times(100, 'fail'), { first: 1_000 });
  expect(recorder.starts).toBe(starts + 1);
  expect(statuses(await run(times(100, 'succeed'), { first: 1_100 }))).toEqual(times(100, 'succeeded'));
});

it('is kept by WORKERS=adaptive, which is an error without `adaptive`', async () => {
  vi.stubEnv('WORKERS', 'adaptive');
  const technique = promiseWorkers({ work, workers: adaptive() });
  expect(() => promiseWorkers({ work, workers: 5 })).toThrow(/WORKERS must be .* not 'adaptive'/);
  const { run, recorder } = setUp(() => technique, { workers: 1 });
  const running = run(times(100, 'gate'));
  await recorder.untilStarts(22);
  recorder.openAll();
  expect(statuses(await running)).toEqual(times(100, 'succeeded'));
});

it('is overridden by the environment variable WORKERS', async () => {
  vi.stubEnv('WORKERS', '3');
  const technique = promiseWorkers({ work, workers: adaptive() });
  const { run, recorder } = setUp(() => technique, { workers: 1 });
  const running = run(times(9, 'gate'));
  await recorder.untilStarts(3);
  recorder.openAll();
  await running;
  expect(recorder.maxInFlight).toBe(3);
});
