import { batchHandler, type BatchHandler, type LambdaContext } from '@parallel-lambda/batch';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { deepFreeze } from '../deep-freeze.ts';
import { isSettled } from '../is-settled.ts';
import type { MakeTechnique } from '../make-technique.ts';
import { muteErrors } from '../mute-errors.ts';
import { sentMessages, type Order } from '../sent-messages.ts';
import { setUpShared } from '../set-up-shared.ts';
import { sourcesUnderTest, type SourceUnderTest } from '../sources-under-test.ts';
import { times } from '../times.ts';
import { turns } from '../turns.ts';
import type { Witness } from '../witness.ts';

const workers = 3;

/** The contract once for each source, from its event to its response. */
export function everySource(makeTechnique: MakeTechnique): void {
  const setUp = setUpShared(makeTechnique);

  /** A handler for one test, and a witness that has seen nothing yet. */
  async function begin({ options }: SourceUnderTest): Promise<{ handle: BatchHandler; witness: Witness }> {
    muteErrors();
    const { technique, witness } = await setUp({ workers });
    return { handle: batchHandler(technique, options), witness };
  }

  describe.each(sourcesUnderTest)('$name', (source) => {
    const { ordered, checkpoint } = source;

    it('is answered with what did not succeed, and the event is as it was', async () => {
      const { handle } = await begin(source);
      const orders = [
        { do: 'succeed', lane: 'a' },
        { do: 'fail', lane: 'a' },
        { do: 'succeed later', lane: 'a' },
        { do: 'succeed later', lane: 'b' },
        { do: 'throw undefined', lane: 'b' },
      ] as const;
      const expected = checkpoint ? [1] : ordered ? [1, 2, 4] : [1, 4];
      expect(await handle(deepFreeze(eventOf(source, orders)))).toEqual(again(source, orders, expected));
    });

    it('is answered with an empty list when all succeeded, and when there is nothing', async () => {
      const { handle } = await begin(source);
      const nothing = { batchItemFailures: [] };
      expect(await handle(eventOf(source, times(20, 'succeed')))).toEqual(nothing);
      expect(await handle(eventOf(source, []))).toEqual(nothing);
    });

    it('has as many messages in work at one time as there are workers, never more', async () => {
      const { handle, witness } = await begin(source);
      const running = handle(eventOf(source, times(10, 'gate')));
      await witness.untilStarts(workers);
      await turns();
      expect(witness.starts).toBe(workers);
      witness.openAll();
      expect(await running).toEqual({ batchItemFailures: [] });
      expect(witness.mostInWork).toBe(workers);
    });

    if (ordered) {
      it('has one message of a group in work at one time, in order', async () => {
        const { handle, witness } = await begin(source);
        const orders = ['a', 'a', 'a', 'b', 'b', 'b'].map((lane) => ({ do: 'gate', lane }) as const);
        const running = handle(eventOf(source, orders));
        await witness.untilStarts(2);
        await turns();
        expect([witness.startsOf(0), witness.startsOf(3), witness.starts]).toEqual([1, 1, 2]);
        witness.openAll();
        await running;
        for (const later of [1, 2, 4, 5]) {
          expect(witness.startedAt(later)).toBeGreaterThan(witness.endedAt(later - 1));
        }
      });
    } else {
      it('has messages of a group in work beside each other', async () => {
        const { handle, witness } = await begin(source);
        const running = handle(eventOf(source, times(workers, { do: 'gate', lane: 'a' })));
        await witness.untilStarts(workers);
        witness.openAll();
        expect(await running).toEqual({ batchItemFailures: [] });
      });
    }

    it('is answered before the timeout with exactly what is not done', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      onTestFinished(() => {
        vi.useRealTimers();
      });
      const { handle, witness } = await begin(source);
      const orders = ['succeed', 'gate', 'gate', 'gate', 'succeed', 'succeed'] as const;
      const running = handle(eventOf(source, orders), lambdaContext(60_000));
      await witness.untilStarts(4);
      await vi.advanceTimersByTimeAsync(59_500);
      await witness.untilAborts(3);
      witness.open(1, 3);
      await witness.untilEnds(3);
      expect(await isSettled(running)).toBe(false);
      await vi.advanceTimersByTimeAsync(250);
      expect(await running).toEqual(again(source, orders, checkpoint ? [2] : [2, 4, 5]));
      expect(witness.starts).toBe(4);
    });

    it('is answered for itself, of two invocations at a time with messages of the same names', async () => {
      const { handle, witness } = await begin(source);
      const one = ['gate', 'fail', 'gate'] as const;
      const other = ['gate, then fail', 'gate', 'succeed'] as const;
      const running = [handle(eventOf(source, one)), handle(eventOf(source, other))] as const;
      witness.openAll();
      expect(await running[0]).toEqual(again(source, one, [1]));
      expect(await running[1]).toEqual(again(source, other, [0]));
    });
  });
}

function eventOf(source: SourceUnderTest, orders: readonly Order[]): object {
  return source.eventOf(sentMessages(orders));
}

/** The response that names the messages with these numbers. */
function again(source: SourceUnderTest, orders: readonly Order[], numbers: readonly number[]): object {
  const identifiers = source.identifiersOf(sentMessages(orders));
  return { batchItemFailures: numbers.map((number) => ({ itemIdentifier: identifiers[number] })) };
}

function lambdaContext(remainingMs: number): LambdaContext {
  return { getRemainingTimeInMillis: () => remainingMs };
}
