import type { Outcome } from '@parallel-lambda/batch';
import { notStarted, respond } from '@parallel-lambda/batch/technique';
import { describe, expect, it } from 'vitest';

import { deadlineByHand } from '../deadline-by-hand.ts';
import type { MakeTechnique } from '../make-technique.ts';
import { readOrders } from '../read-orders.ts';
import type { Order } from '../sent-messages.ts';
import { setUpShared } from '../set-up-shared.ts';
import { sourcesUnderTest, type SourceUnderTest } from '../sources-under-test.ts';
import { statuses } from '../statuses.ts';
import { times } from '../times.ts';
import { turns } from '../turns.ts';

/**
 * Contract 7: where the response names a checkpoint, nothing after a message that did not succeed is started, for it
 * would be done twice; everything before it is finished.
 */
export function streams(makeTechnique: MakeTechnique): void {
  const setUp = setUpShared(makeTechnique);

  describe.each(sourcesUnderTest.filter(({ checkpoint }) => checkpoint))('of $name', (source) => {
    it('start nothing after a failure, and let finish what was in work by then', async () => {
      const { run, witness } = await setUp({ workers: 3 });
      const orders = ['gate', 'gate, then fail', 'gate', ...times(9, 'succeed' as const)] as const;
      const running = run(orders, { source });
      await witness.untilStarts(3);
      witness.open(1);
      await witness.untilEnds(1);
      await turns();
      expect([witness.starts, witness.inWork]).toEqual([3, 2]);
      witness.open(0, 2);
      const outcomes = await running;
      expect(statuses(outcomes.slice(0, 3))).toEqual(['succeeded', 'failed', 'succeeded']);
      expect(outcomes.slice(3)).toEqual(times(9, notStarted));
      expect(witness.starts).toBe(3);
      expect(checkpointOf(source, orders, outcomes)).toBe('message-1');
    });

    it('finish everything before a failure, also lanes that nobody had claimed', async () => {
      const { run, witness } = await setUp({ workers: 2 });
      const lanes = ['a', 'b', 'c', 'd', 'b', 'a', 'b', 'e'];
      const orders = lanes.map((lane, number) => ({ do: deedOf(number, { failing: 4 }), lane }));
      const running = run(orders, { source });
      await witness.untilStarts(2);
      witness.open(1, 4);
      await witness.untilStarts(4);
      // All before it is in work or done, but for the first, which holds one worker.
      witness.open(2, 3);
      await witness.untilEnds(4);
      await turns();
      expect(witness.startsOf(5)).toBe(0);
      witness.openAll();
      const outcomes = await running;
      expect(statuses(outcomes)).toEqual([...times(4, 'succeeded'), 'failed', ...times(3, 'unfinished')]);
      expect(times(8, 0).map((_, number) => witness.startsOf(number))).toEqual([1, 1, 1, 1, 1, 0, 0, 0]);
      expect(checkpointOf(source, orders, outcomes)).toBe('message-4');
    });

    it('have the lowest of several failures for their checkpoint, in whatever order they came', async () => {
      const { run, witness } = await setUp({ workers: 5 });
      const orders = [
        'gate',
        'gate, then fail',
        'gate',
        'gate, then fail',
        'gate, then fail',
        'succeed',
      ] as const;
      const running = run(orders, { source });
      await witness.untilStarts(5);
      for (const [ended, number] of [3, 4, 1, 2, 0].entries()) {
        witness.open(number);
        await witness.untilEnds(ended + 1);
      }
      const outcomes = await running;
      expect(statuses(outcomes)).toEqual([
        'succeeded',
        'failed',
        'succeeded',
        'failed',
        'failed',
        'unfinished',
      ]);
      expect(checkpointOf(source, orders, outcomes)).toBe('message-1');
    });

    it('finish everything before a failure, also by a worker that has had to leave a lane', async () => {
      const { run, witness } = await setUp({ workers: 1 });
      const lanes = ['a', 'b', 'c', 'd', 'a', 'b', 'c'];
      const orders = lanes.map((lane, number) => ({ do: number === 4 ? 'fail' : 'succeed', lane }) as const);
      const outcomes = await run(orders, { source });
      expect(witness.startOrder()).toEqual([0, 4, 1, 2, 3]);
      expect(checkpointOf(source, orders, outcomes)).toBe('message-4');
    });

    it('keep the checkpoint of a lower failure when a higher one comes after it', async () => {
      const { run, witness } = await setUp({ workers: 3 });
      const orders = [
        { do: 'gate', lane: 'a' },
        { do: 'gate, then fail', lane: 'b' },
        { do: 'succeed', lane: 'a' },
        { do: 'gate, then fail', lane: 'c' },
      ] as const;
      const running = run(orders, { source });
      await witness.untilStarts(3);
      for (const [ended, number] of [1, 3].entries()) {
        witness.open(number);
        await witness.untilEnds(ended + 1);
      }
      witness.open(0);
      expect(statuses(await running)).toEqual(['succeeded', 'failed', 'unfinished', 'failed']);
      expect(witness.starts).toBe(3);
    });

    it('start nothing between two failures once the lower one has come', async () => {
      const { run, witness } = await setUp({ workers: 2 });
      const lanes = ['a', 'b', 'a', 'b', 'b'];
      const orders = lanes.map((lane, number) => ({ do: deedOf(number, { failing: 3 }), lane }));
      const first = { do: 'gate, then fail', lane: 'a' } as const;
      const running = run([first, ...orders.slice(1)], { source });
      await witness.untilStarts(2);
      witness.open(1);
      await witness.untilStarts(3);
      witness.open(3);
      await witness.untilEnds(2);
      witness.open(0);
      const outcomes = await running;
      expect(statuses(outcomes)).toEqual(['failed', 'succeeded', 'unfinished', 'failed', 'unfinished']);
      expect(witness.starts).toBe(3);
      expect(checkpointOf(source, orders, outcomes)).toBe('message-0');
    });

    it('have the first message that is not done for their checkpoint at the deadline', async () => {
      const { run, witness } = await setUp({ workers: 3 });
      const deadline = deadlineByHand();
      const orders = ['succeed', 'gate', 'gate', 'gate', 'succeed'] as const;
      const running = run(orders, { source, deadline });
      await witness.untilStarts(4);
      deadline.reach();
      await witness.untilAborts(3);
      witness.open(1, 3);
      await witness.untilEnds(3);
      deadline.giveUp();
      const outcomes = await running;
      expect(statuses(outcomes)).toEqual(['succeeded', 'succeeded', 'unfinished', 'succeeded', 'unfinished']);
      expect(witness.starts).toBe(4);
      expect(checkpointOf(source, orders, outcomes)).toBe('message-2');
    });
  });
}

function deedOf(number: number, { failing }: { readonly failing: number }): 'gate' | 'gate, then fail' {
  return number === failing ? 'gate, then fail' : 'gate';
}

/** What the response names, which must be one message. */
function checkpointOf(
  source: SourceUnderTest,
  orders: readonly Order[],
  outcomes: readonly Outcome[],
): unknown {
  const { batchItemFailures } = respond(readOrders(orders, 0, source), outcomes);
  expect(batchItemFailures).toHaveLength(1);
  return batchItemFailures[0]?.itemIdentifier;
}
