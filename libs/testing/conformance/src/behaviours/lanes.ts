import { notStarted } from '@parallel-lambda/batch/technique';
import { expect, it } from 'vitest';

import type { MakeTechnique } from '../setup/fixture.ts';
import { statuses, times, turns } from '../setup/helpers.ts';
import { setUpShared } from '../setup/set-up.ts';
import type { TaskSpec } from '../sources/batch-of.ts';

/** Contract 5: one message of a lane in flight, in order, until one does not succeed; lanes in parallel. */
export function lanes(makeTechnique: MakeTechnique): void {
  const setUp = setUpShared(makeTechnique);

  it('processes the messages of a lane one after another, in order', async () => {
    const { run, recorder } = await setUp({ workers: 8 });
    recorder.openAll();
    const tasks = Array.from({ length: 30 }, (_, index) => gate(`lane ${index % 3}`));
    expect(statuses(await run(tasks))).toEqual(times(30, 'succeeded'));
    for (let number = 3; number < 30; number += 1) {
      expect(recorder.startedAt(number)).toBeGreaterThan(recorder.endedAt(number - 3));
    }
    expect(recorder.maxInFlight).toBeLessThanOrEqual(3);
  });

  it('starts no message of a lane while the previous message is in flight, even with idle workers', async () => {
    const { run, recorder } = await setUp({ workers: 8 });
    const running = run([gate('a'), gate('a'), gate('b'), gate('b')]);
    await recorder.untilStarts(2);
    await turns();
    expect(recorder.starts).toBe(2);
    expect(recorder.startsOf(0) + recorder.startsOf(2)).toBe(2);
    recorder.openAll();
    await running;
  });

  it('continues with other lanes while one waits', async () => {
    const { run, recorder } = await setUp({ workers: 2 });
    recorder.open(1, 2, 4, 5, 6);
    const running = run(['slow', 'b', 'b', 'slow', 'c', 'c', 'd'].map(gate));
    await recorder.untilEnds(5);
    expect(recorder.startsOf(3)).toBe(0);
    recorder.openAll();
    expect(statuses(await running)).toEqual(times(7, 'succeeded'));
  });

  it.each(['fail', 'throw an error', 'throw undefined'] as const)(
    'does not start the rest of a lane after "%s", and continues with other lanes',
    async (action) => {
      const { run, recorder } = await setUp({ workers: 4 });
      const outcomes = await run([
        { do: 'succeed', lane: 'a' },
        { do: 'succeed', lane: 'b' },
        { do: action, lane: 'a' },
        { do: 'succeed', lane: 'b' },
        { do: 'succeed', lane: 'a' },
        { do: 'fail', lane: 'a' },
        { do: 'succeed', lane: 'b' },
      ]);
      expect(statuses(outcomes)).toEqual([
        'succeeded',
        'succeeded',
        'failed',
        'succeeded',
        'unfinished',
        'unfinished',
        'succeeded',
      ]);
      expect([outcomes[4], outcomes[5]]).toEqual([notStarted, notStarted]);
      expect(recorder.starts).toBe(5);
    },
  );

  it('processes lanes in parallel', async () => {
    const { run, recorder } = await setUp({ workers: 3 });
    const running = run(['a', 'a', 'b', 'b', 'c', 'c'].map(gate));
    await recorder.untilStarts(3);
    expect(recorder.startsOf(0) + recorder.startsOf(2) + recorder.startsOf(4)).toBe(3);
    recorder.openAll();
    await running;
  });

  it('claims lanes in the order of their first message, and finishes one before the next', async () => {
    const { run, recorder } = await setUp({ workers: 1 });
    await run(['c', 'a', 'c', 'b', 'a', 'b', 'c'].map((lane) => ({ do: 'succeed later', lane })));
    expect(recorder.startOrder()).toEqual([0, 2, 6, 1, 4, 3, 5]);
  });

  it('claims unordered messages in the order of the batch', async () => {
    const { run, recorder } = await setUp({ workers: 1 });
    await run(times(50, 'succeed later'));
    expect(recorder.startOrder()).toEqual(Array.from({ length: 50 }, (_, number) => number));
  });
}

function gate(lane: string): TaskSpec {
  return { do: 'gate', lane };
}
