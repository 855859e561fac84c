import { notStarted, startDeadline, interrupted, succeeded } from '@parallel-lambda/batch/technique';
import { expect, it, onTestFinished } from 'vitest';

import type { MakeTechnique } from '../setup/fixture.ts';
import { isSettled, statuses, times, turns } from '../setup/helpers.ts';
import { invocationOf, manualDeadline } from '../setup/manual-deadline.ts';
import { setUp } from '../setup/set-up.ts';
import { batchOf } from '../sources/batch-of.ts';

/** Contract 6: after the deadline nothing is started, and after the grace nothing is waited for. */
export function deadline(makeTechnique: MakeTechnique): void {
  it('starts nothing if the deadline has passed before the batch starts', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 4 });
    const deadline = manualDeadline(Date.now() - 1);
    deadline.reach();
    expect(await run(times(20, 'succeed'), { deadline })).toEqual(times(20, notStarted));
    expect(recorder.starts).toBe(0);
  });

  it('starts nothing after the deadline, and keeps finished messages', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 2 });
    const deadline = manualDeadline();
    const running = run(['succeed', 'gate', 'gate', ...times(8, 'succeed' as const)], { deadline });
    await recorder.untilStarts(3);
    deadline.reach();
    await recorder.untilAborts(2);
    recorder.openAll();
    const outcomes = await running;
    expect(statuses(outcomes.slice(0, 3))).toEqual(times(3, 'succeeded'));
    expect(outcomes.slice(3)).toEqual(times(8, notStarted));
    expect(recorder.starts).toBe(3);
  });

  it('starts no further message of a lane after the deadline', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 2 });
    const deadline = manualDeadline();
    const lane = 'a';
    const running = run([{ do: 'gate', lane }, { do: 'succeed', lane }, 'gate'], { deadline });
    await recorder.untilStarts(2);
    deadline.reach();
    await recorder.untilAborts(2);
    recorder.openAll();
    expect(statuses(await running)).toEqual(['succeeded', 'unfinished', 'succeeded']);
    expect(recorder.starts).toBe(2);
  });

  it('reads the clock at every claim: no timer fires while messages compute', async () => {
    const { technique, recorder } = setUp(makeTechnique, { workers: 1 });
    using deadline = startDeadline(3_600_000);
    const clock = Date.now;
    Date.now = () => (recorder.clockMoved ? (deadline.atMs ?? Infinity) + 1 : clock());
    onTestFinished(() => {
      Date.now = clock;
    });
    const tasks = ['succeed', 'move the clock past the deadline', 'succeed', 'succeed'] as const;
    const outcomes = await technique(batchOf(tasks), invocationOf(deadline));
    expect(statuses(outcomes)).toEqual(['succeeded', 'succeeded', 'unfinished', 'unfinished']);
    expect(recorder.starts).toBe(2);
  });

  it('aborts the signal of every message in flight', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 6 });
    const deadline = manualDeadline();
    const running = run(times(6, 'gate'), { deadline });
    await recorder.untilStarts(6);
    await turns();
    expect(recorder.aborts).toBe(0);
    deadline.reach();
    await recorder.untilAborts(6);
    recorder.openAll();
    expect(statuses(await running)).toEqual(times(6, 'succeeded'));
  });

  it('settles without the grace if all messages in flight react to the signal, which is not a failure', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 3 });
    const deadline = manualDeadline();
    const tasks = ['reject on abort', 'succeed on abort', 'reject on abort', 'succeed'] as const;
    const running = run(tasks, { deadline });
    await recorder.untilStarts(3);
    expect(await isSettled(running)).toBe(false);
    deadline.reach();
    expect(await running).toEqual([interrupted, succeeded, interrupted, notStarted]);
    expect(recorder.inFlight).toBe(0);
  });

  it('waits until the end of the grace for messages that ignore the signal', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 2 });
    const deadline = manualDeadline();
    const running = run(['gate', 'gate'], { deadline });
    await recorder.untilStarts(2);
    deadline.reach();
    await recorder.untilAborts(2);
    expect(await isSettled(running)).toBe(false);
    recorder.open(0, 1);
    expect(statuses(await running)).toEqual(['succeeded', 'succeeded']);
  });

  it('stops or abandons only messages that ignore the signal when the grace is over', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 4 });
    const deadline = manualDeadline();
    recorder.open(0);
    const tasks = ['gate', 'gate', 'fail', 'reject on abort', 'gate', 'gate', 'succeed'] as const;
    const running = run(tasks, { deadline });
    await recorder.untilStarts(6);
    deadline.reach();
    await recorder.untilEnds(3);
    deadline.giveUp();
    const outcomes = await running;
    const expected = ['succeeded', 'unfinished', 'failed', ...times(4, 'unfinished')];
    expect(statuses(outcomes)).toEqual(expected);
    for (const position of [1, 4, 5]) expect(outcomes[position]).not.toEqual(notStarted);
    expect(outcomes[6]).toEqual(notStarted);
  });

  it('does not change an outcome when abandoned work settles late', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 3 });
    const deadline = manualDeadline();
    const lane = 'a';
    const tasks = [{ do: 'gate', lane }, { do: 'succeed', lane }, 'gate, then fail', 'gate'] as const;
    const running = run(tasks, { deadline });
    await recorder.untilStarts(3);
    deadline.reach();
    deadline.giveUp();
    const outcomes = await running;
    const given = structuredClone(outcomes);
    recorder.openAll();
    await turns();
    expect(outcomes).toEqual(given);
    expect(statuses(outcomes)).toEqual(times(4, 'unfinished'));
    expect(recorder.starts).toBe(3);
  });

  it('has all its workers again for the next batch', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 3 });
    const deadline = manualDeadline();
    const givenUp = run(times(5, 'gate'), { deadline });
    await recorder.untilStarts(3);
    deadline.reach();
    deadline.giveUp();
    await givenUp;
    const next = run(times(9, 'gate'), { first: 5 });
    await recorder.untilStarts(6);
    recorder.open(...Array.from({ length: 9 }, (_, index) => 5 + index));
    expect(statuses(await next)).toEqual(times(9, 'succeeded'));
  });
}
