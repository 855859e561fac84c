import { expect, it } from 'vitest';

import type { MakeTechnique } from '../setup/fixture.ts';
import { deepFreeze, statuses, times, turns } from '../setup/helpers.ts';
import { manualDeadline } from '../setup/manual-deadline.ts';
import { setUp } from '../setup/set-up.ts';
import { batchOf } from '../sources/batch-of.ts';
import { entered } from '../work/actions.ts';

/**
 * Contract 9: batches do not affect each other, and a batch is not changed. These tests hold whether or not a technique
 * makes a batch wait for the previous batch.
 */
export function isolation(makeTechnique: MakeTechnique): void {
  it('keeps the outcomes of two concurrent batches apart', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 4 });
    const one = run(['gate', 'fail', 'gate', 'fail']);
    const other = run(['fail', 'gate', 'fail', 'gate', 'gate'], { first: 10 });
    await recorder.untilStarts(4);
    await turns();
    recorder.openAll();
    expect(statuses(await other)).toEqual(['failed', 'succeeded', 'failed', 'succeeded', 'succeeded']);
    expect(statuses(await one)).toEqual(['succeeded', 'failed', 'succeeded', 'failed']);
  });

  it('stops one batch early at its deadline and not the other', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 2 });
    const deadline = manualDeadline();
    const early = run(['gate', 'gate', 'succeed'], { deadline });
    const other = run(['gate', 'gate', 'succeed'], { first: 10 });
    await recorder.untilStarts(2);
    deadline.reach();
    await recorder.untilAborts(2);
    recorder.open(0, 1);
    expect(statuses(await early)).toEqual(['succeeded', 'succeeded', 'unfinished']);
    await recorder.untilStarts(4);
    await turns();
    expect(recorder.aborts).toBe(2);
    recorder.open(10, 11);
    expect(statuses(await other)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  it('stops or abandons the messages of one batch and finishes the other', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 2 });
    const deadline = manualDeadline();
    const early = run(['gate', 'gate'], { deadline });
    const lane = 'a';
    const other = run([{ do: 'gate', lane }, { do: 'gate', lane }, 'gate'], { first: 10 });
    await recorder.untilStarts(2);
    deadline.reach();
    deadline.giveUp();
    expect(statuses(await early)).toEqual(['unfinished', 'unfinished']);
    recorder.open(10, 11, 12);
    expect(statuses(await other)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  it('does not change the batch', async () => {
    const { runBatch } = setUp(makeTechnique, { workers: 4 });
    const tasks = ['succeed', 'fail', ...times(20, 'succeed' as const)] as const;
    const batch = deepFreeze(batchOf(tasks));
    expect(statuses(await runBatch(batch))).toEqual(['succeeded', 'failed', ...times(20, 'succeeded')]);
  });

  it.each(['enter an async context', 'enter an async context later'] as const)(
    'does not leak a store from message to message, nor to the caller: %s',
    async (action) => {
      const { run } = setUp(makeTechnique, { workers: 2 });
      const alone = await run(times(6, action));
      const inOneLane = await run(times(3, { do: action, lane: 'a' }), { first: 6 });
      expect(statuses([...alone, ...inOneLane])).toEqual(times(9, 'succeeded'));
      expect(entered.getStore()).toBeUndefined();
    },
  );

  it('starts every batch with a clean state', async () => {
    const { run } = setUp(makeTechnique, { workers: 2 });
    expect(statuses(await run(['succeed', 'succeed', 'succeed']))).toEqual(times(3, 'succeeded'));
    expect(statuses(await run(['fail', 'succeed'], { first: 3 }))).toEqual(['failed', 'succeeded']);
    expect(statuses(await run(['succeed'], { first: 5 }))).toEqual(['succeeded']);
  });
}
