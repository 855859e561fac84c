import { expect, it } from 'vitest';

import { deadlineByHand } from '../deadline-by-hand.ts';
import { deepFreeze } from '../deep-freeze.ts';
import type { MakeTechnique } from '../make-technique.ts';
import { readOrders } from '../read-orders.ts';
import { setUp } from '../set-up.ts';
import { statuses } from '../statuses.ts';
import { times } from '../times.ts';
import { turns } from '../turns.ts';

/**
 * Contract 8: nothing of one batch is seen in another, and the batch itself is not changed. Whether a batch waits
 * for the one before it is the technique's own affair: these tests hold either way.
 */
export function isolation(makeTechnique: MakeTechnique): void {
  it('works on two batches at a time and mixes no outcomes', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 4 });
    const one = run(['gate', 'fail', 'gate', 'fail']);
    const other = run(['fail', 'gate', 'fail', 'gate', 'gate'], { first: 10 });
    await witness.untilStarts(4);
    await turns();
    witness.openAll();
    expect(statuses(await other)).toEqual(['failed', 'succeeded', 'failed', 'succeeded', 'succeeded']);
    expect(statuses(await one)).toEqual(['succeeded', 'failed', 'succeeded', 'failed']);
  });

  it('winds up one batch at its deadline and not the other', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 2 });
    const deadline = deadlineByHand();
    const wound = run(['gate', 'gate', 'succeed'], { deadline });
    const other = run(['gate', 'gate', 'succeed'], { first: 10 });
    await witness.untilStarts(2);
    deadline.reach();
    await witness.untilAborts(2);
    witness.open(0, 1);
    expect(statuses(await wound)).toEqual(['succeeded', 'succeeded', 'unfinished']);
    await witness.untilStarts(4);
    await turns();
    expect(witness.aborts).toBe(2);
    witness.open(10, 11);
    expect(statuses(await other)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  it('gives up one batch and does the other', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 2 });
    const deadline = deadlineByHand();
    const wound = run(['gate', 'gate'], { deadline });
    const lane = 'a';
    const other = run([{ do: 'gate', lane }, { do: 'gate', lane }, 'gate'], { first: 10 });
    await witness.untilStarts(2);
    deadline.reach();
    deadline.giveUp();
    expect(statuses(await wound)).toEqual(['unfinished', 'unfinished']);
    witness.open(10, 11, 12);
    expect(statuses(await other)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  it('does not change the batch', async () => {
    const { runBatch } = setUp(makeTechnique, { workers: 4 });
    const orders = ['succeed', 'fail', ...times(20, 'succeed' as const)] as const;
    const batch = deepFreeze(readOrders(orders));
    expect(statuses(await runBatch(batch))).toEqual(['succeeded', 'failed', ...times(20, 'succeeded')]);
  });

  it('begins every batch anew', async () => {
    const { run } = setUp(makeTechnique, { workers: 2 });
    expect(statuses(await run(['succeed', 'succeed', 'succeed']))).toEqual(times(3, 'succeeded'));
    expect(statuses(await run(['fail', 'succeed'], { first: 3 }))).toEqual(['failed', 'succeeded']);
    expect(statuses(await run(['succeed'], { first: 5 }))).toEqual(['succeeded']);
  });
}
