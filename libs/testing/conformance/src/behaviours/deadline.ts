import { notStarted, startDeadline } from '@parallel-lambda/batch/technique';
import { expect, it, onTestFinished } from 'vitest';

import { deadlineByHand } from '../deadline-by-hand.ts';
import { invocationOf } from '../invocation-of.ts';
import { isSettled } from '../is-settled.ts';
import type { MakeTechnique } from '../make-technique.ts';
import { readOrders } from '../read-orders.ts';
import { setUp } from '../set-up.ts';
import { statuses } from '../statuses.ts';
import { times } from '../times.ts';
import { turns } from '../turns.ts';

/** Contract 6: at the deadline nothing is started any more, and after the grace nothing is waited for. */
export function deadline(makeTechnique: MakeTechnique): void {
  it('starts nothing when the deadline has passed before', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 4 });
    const deadline = deadlineByHand(Date.now() - 1);
    deadline.reach();
    expect(await run(times(20, 'succeed'), { deadline })).toEqual(times(20, notStarted));
    expect(witness.starts).toBe(0);
  });

  it('starts nothing after the deadline, and keeps what was done', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 2 });
    const deadline = deadlineByHand();
    const running = run(['succeed', 'gate', 'gate', ...times(8, 'succeed' as const)], { deadline });
    await witness.untilStarts(3);
    deadline.reach();
    await witness.untilAborts(2);
    witness.openAll();
    const outcomes = await running;
    expect(statuses(outcomes.slice(0, 3))).toEqual(times(3, 'succeeded'));
    expect(outcomes.slice(3)).toEqual(times(8, notStarted));
    expect(witness.starts).toBe(3);
  });

  it('starts no further message of a lane after the deadline', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 2 });
    const deadline = deadlineByHand();
    const lane = 'a';
    const running = run([{ do: 'gate', lane }, { do: 'succeed', lane }, 'gate'], { deadline });
    await witness.untilStarts(2);
    deadline.reach();
    await witness.untilAborts(2);
    witness.openAll();
    expect(statuses(await running)).toEqual(['succeeded', 'unfinished', 'succeeded']);
    expect(witness.starts).toBe(2);
  });

  it('reads the clock at every claim: no timer fires while messages compute', async () => {
    const { technique, witness } = setUp(makeTechnique, { workers: 1 });
    using deadline = startDeadline(3_600_000);
    const clock = Date.now;
    Date.now = () => (witness.clockMoved ? (deadline.atMs ?? Infinity) + 1 : clock());
    onTestFinished(() => {
      Date.now = clock;
    });
    const orders = ['succeed', 'move the clock past the deadline', 'succeed', 'succeed'] as const;
    const outcomes = await technique(readOrders(orders), invocationOf(deadline));
    expect(statuses(outcomes)).toEqual(['succeeded', 'succeeded', 'unfinished', 'unfinished']);
    expect(witness.starts).toBe(2);
  });

  it('aborts the signal of every message in work', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 6 });
    const deadline = deadlineByHand();
    const running = run(times(6, 'gate'), { deadline });
    await witness.untilStarts(6);
    await turns();
    expect(witness.aborts).toBe(0);
    deadline.reach();
    await witness.untilAborts(6);
    witness.openAll();
    expect(statuses(await running)).toEqual(times(6, 'succeeded'));
  });

  it('settles without the grace when all that is in work heeds the signal', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 3 });
    const deadline = deadlineByHand();
    const orders = [
      'heed the signal',
      'heed the signal, then succeed',
      'heed the signal',
      'succeed',
    ] as const;
    const running = run(orders, { deadline });
    await witness.untilStarts(3);
    expect(await isSettled(running)).toBe(false);
    deadline.reach();
    expect(statuses(await running)).toEqual(['failed', 'succeeded', 'failed', 'unfinished']);
    expect(witness.inWork).toBe(0);
  });

  it('waits for what ignores the signal until the grace is over', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 2 });
    const deadline = deadlineByHand();
    const running = run(['gate', 'gate'], { deadline });
    await witness.untilStarts(2);
    deadline.reach();
    await witness.untilAborts(2);
    expect(await isSettled(running)).toBe(false);
    witness.open(0, 1);
    expect(statuses(await running)).toEqual(['succeeded', 'succeeded']);
  });

  it('gives up what ignores the signal when the grace is over, and that alone', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 4 });
    const deadline = deadlineByHand();
    witness.open(0);
    const orders = ['gate', 'gate', 'fail', 'heed the signal', 'gate', 'gate', 'succeed'] as const;
    const running = run(orders, { deadline });
    await witness.untilStarts(6);
    deadline.reach();
    await witness.untilEnds(3);
    deadline.giveUp();
    const outcomes = await running;
    const given = ['succeeded', 'unfinished', 'failed', 'failed', 'unfinished', 'unfinished', 'unfinished'];
    expect(statuses(outcomes)).toEqual(given);
    for (const position of [1, 4, 5]) expect(outcomes[position]).not.toEqual(notStarted);
    expect(outcomes[6]).toEqual(notStarted);
  });

  it('takes nothing back when what was given up settles late', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 3 });
    const deadline = deadlineByHand();
    const lane = 'a';
    const orders = [{ do: 'gate', lane }, { do: 'succeed', lane }, 'gate, then fail', 'gate'] as const;
    const running = run(orders, { deadline });
    await witness.untilStarts(3);
    deadline.reach();
    deadline.giveUp();
    const outcomes = await running;
    const given = structuredClone(outcomes);
    witness.openAll();
    await turns();
    expect(outcomes).toEqual(given);
    expect(statuses(outcomes)).toEqual(times(4, 'unfinished'));
    expect(witness.starts).toBe(3);
  });

  it('is whole again for the next batch', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 3 });
    const deadline = deadlineByHand();
    const givenUp = run(times(5, 'gate'), { deadline });
    await witness.untilStarts(3);
    deadline.reach();
    deadline.giveUp();
    await givenUp;
    const next = run(times(9, 'gate'), { first: 5 });
    await witness.untilStarts(6);
    witness.open(...Array.from({ length: 9 }, (_, index) => 5 + index));
    expect(statuses(await next)).toEqual(times(9, 'succeeded'));
  });
}
