import { readBatch } from '@parallel-lambda/batch';
import { expect, it } from 'vitest';

import { deadlineByHand } from '../deadline-by-hand.ts';
import { deepFreeze } from '../deep-freeze.ts';
import type { MakeTechnique } from '../make-technique.ts';
import { sentMessages } from '../sent-messages.ts';
import { setUp } from '../set-up.ts';
import { sqsEvent } from '../sqs-event.ts';
import { statuses } from '../statuses.ts';
import { times } from '../times.ts';
import { turns } from '../turns.ts';

/** Contract 8: nothing of one batch is seen in another, and the batch itself is not changed. */
export function isolation(makeTechnique: MakeTechnique): void {
  it('works on two batches at a time and mixes no outcomes', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 4 });
    const one = run(['gate', 'fail', 'gate', 'fail']);
    const other = run(['fail', 'gate', 'fail', 'gate', 'gate'], { first: 10 });
    await witness.untilStarts(9);
    witness.open(11, 13, 14);
    expect(statuses(await other)).toEqual(['failed', 'succeeded', 'failed', 'succeeded', 'succeeded']);
    witness.open(0, 2);
    expect(statuses(await one)).toEqual(['succeeded', 'failed', 'succeeded', 'failed']);
  });

  it('winds up one batch at its deadline and not the other', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 2 });
    const deadline = deadlineByHand();
    const wound = run(['gate', 'gate', 'succeed'], { deadline });
    const other = run(['gate', 'gate', 'succeed'], { first: 10 });
    await witness.untilStarts(4);
    deadline.reach();
    await witness.untilAborts(2);
    witness.open(0, 1);
    expect(statuses(await wound)).toEqual(['succeeded', 'succeeded', 'unfinished']);
    await turns();
    expect(witness.aborts).toBe(2);
    witness.open(10, 11);
    expect(statuses(await other)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  it('gives up one batch and still does the other', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 2 });
    const deadline = deadlineByHand();
    const wound = run(['gate', 'gate'], { deadline });
    const other = run([{ do: 'gate', lane: 'a' }, { do: 'gate', lane: 'a' }, 'gate'], { first: 10 });
    await witness.untilStarts(4);
    deadline.reach();
    deadline.giveUp();
    expect(statuses(await wound)).toEqual(['unfinished', 'unfinished']);
    witness.open(10, 11, 12);
    const outcomes = await other;
    // A message that shared a thread with what was given up may have gone with it; then it comes again.
    for (const [position, { status }] of outcomes.entries()) {
      if (status === 'succeeded') expect(witness.endedAt(10 + position)).toBeGreaterThan(0);
    }
    expect(outcomes).toHaveLength(3);
  });

  it('does not change the batch', async () => {
    const { runBatch } = setUp(makeTechnique, { workers: 4 });
    const batch = deepFreeze(
      readBatch(sqsEvent(sentMessages(['succeed', 'fail', ...times(20, 'succeed' as const)]))),
    );
    expect(statuses(await runBatch(batch))).toEqual(['succeeded', 'failed', ...times(20, 'succeeded')]);
  });

  it('begins every batch anew', async () => {
    const { run } = setUp(makeTechnique, { workers: 2 });
    expect(statuses(await run(['succeed', 'succeed', 'succeed']))).toEqual(times(3, 'succeeded'));
    expect(statuses(await run(['fail', 'succeed'], { first: 3 }))).toEqual(['failed', 'succeeded']);
    expect(statuses(await run(['succeed'], { first: 5 }))).toEqual(['succeeded']);
  });
}
