import { notStarted } from '@parallel-lambda/batch/technique';
import { manualDeadline, setUp, statuses, times, turns, type Fixture } from '@parallel-lambda/conformance';
import { describe, expect, it, vi } from 'vitest';

import { threadWorkers } from '../src/index.ts';

const work = new URL(import.meta.resolve('@parallel-lambda/conformance/work'));

/** @param threads by default the number that the technique chooses */
function withThreads(threads?: number): Fixture {
  return setUp(({ workers }) => threadWorkers({ work, workers, ...(threads && { threads }) }), {
    workers: 2,
  });
}

describe('batches that wait for a thread', () => {
  it('get one in the order of their arrival', async () => {
    const { run, recorder } = withThreads(1);
    const batches = [0, 10, 20].map((first) => run(['gate', 'gate', 'succeed'], { first }));
    for (const [index, first] of [0, 10, 20].entries()) {
      await recorder.untilStarts(3 * index + 2);
      await turns();
      expect(recorder.starts).toBe(3 * index + 2);
      expect(recorder.startsOf(first)).toBe(1);
      recorder.open(first, first + 1);
      expect(statuses(await (batches[index] ?? []))).toEqual(times(3, 'succeeded'));
    }
  });

  it('keep their own deadline, and respond without a thread', async () => {
    const { run, recorder } = withThreads(1);
    const inFlight = run(['gate']);
    await recorder.untilStarts(1);
    const deadline = manualDeadline();
    const waiting = run(['succeed', 'gate'], { first: 10, deadline });
    const last = run(['succeed'], { first: 20 });
    // No grace: none of its messages is in flight.
    deadline.reach();
    expect(await waiting).toEqual([notStarted, notStarted]);
    expect(recorder.starts).toBe(1);
    recorder.open(0);
    expect(statuses(await inFlight)).toEqual(['succeeded']);
    expect(statuses(await last)).toEqual(['succeeded']);
    expect(recorder.startOrder()).toEqual([0, 20]);
  });

  it('get the replacement of a thread that was terminated for another batch', async () => {
    const { run, recorder } = withThreads(1);
    const deadline = manualDeadline();
    const stopped = run(['gate'], { deadline });
    const waiting = run(['succeed', 'fail', 'succeed'], { first: 10 });
    await recorder.untilStarts(1);
    deadline.reach();
    deadline.giveUp();
    expect(statuses(await stopped)).toEqual(['unfinished']);
    expect(statuses(await waiting)).toEqual(['succeeded', 'failed', 'succeeded']);
  });

  it('are not stopped by the deadline of a finished batch whose memory they reuse', async () => {
    const { run, recorder } = withThreads(1);
    const deadline = manualDeadline();
    expect(statuses(await run(['succeed', 'succeed'], { deadline }))).toEqual(times(2, 'succeeded'));
    const next = run(['gate', 'succeed'], { first: 10 });
    await recorder.untilStarts(3);
    deadline.reach();
    await turns();
    recorder.open(10);
    expect(statuses(await next)).toEqual(times(2, 'succeeded'));
  });

  it('wait for one thread by default on Managed Instances, where a process has several invocations in flight', async () => {
    vi.stubEnv('AWS_LAMBDA_MAX_CONCURRENCY', '8');
    vi.stubEnv('AWS_LAMBDA_FUNCTION_MEMORY_SIZE', '10240');
    const { run, recorder } = withThreads();
    const [one, other] = [run(['gate']), run(['gate'], { first: 10 })];
    await recorder.untilStarts(1);
    await turns();
    expect(recorder.starts).toBe(1);
    recorder.open(0, 10);
    expect(statuses([...(await one), ...(await other)])).toEqual(['succeeded', 'succeeded']);
  });
});

describe('batches that have a thread each', () => {
  it('are not affected when the thread of another is terminated', async () => {
    const { run, recorder } = withThreads(2);
    const deadline = manualDeadline();
    const stopped = run(['gate'], { deadline });
    const other = run(['gate'], { first: 10 });
    await recorder.untilStarts(2);
    deadline.reach();
    deadline.giveUp();
    expect(statuses(await stopped)).toEqual(['unfinished']);
    recorder.open(10);
    expect(statuses(await other)).toEqual(['succeeded']);
    expect(recorder.startsOf(10)).toBe(1);
  });
});
