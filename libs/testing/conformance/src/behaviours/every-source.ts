import { type BatchHandler, batchHandler, type LambdaContext } from '@parallel-lambda/batch';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

import type { Recorder } from '../recorder/recorder.ts';
import type { MakeTechnique } from '../setup/fixture.ts';
import { deepFreeze, isSettled, muteErrors, times, turns } from '../setup/helpers.ts';
import { setUpShared } from '../setup/set-up.ts';
import { sentMessages, type TaskSpec } from '../sources/batch-of.ts';
import { sourcesUnderTest, type SourceUnderTest } from '../sources/sources-under-test.ts';

const workers = 3;

/** The contract once per source, from the event to the response. */
export function everySource(makeTechnique: MakeTechnique): void {
  const setUp = setUpShared(makeTechnique);

  /** Returns a handler for one test and an empty recorder. */
  async function begin({ options }: SourceUnderTest): Promise<{ handle: BatchHandler; recorder: Recorder }> {
    muteErrors();
    const { technique, recorder } = await setUp({ workers });
    return { handle: batchHandler(technique, options), recorder };
  }

  describe.each(sourcesUnderTest)('$name', (source) => {
    const { ordered, checkpoint } = source;

    it('reports the messages that did not succeed, and does not change the event', async () => {
      const { handle } = await begin(source);
      const tasks = [
        { do: 'succeed', lane: 'a' },
        { do: 'fail', lane: 'a' },
        { do: 'succeed later', lane: 'a' },
        { do: 'succeed later', lane: 'b' },
        { do: 'throw undefined', lane: 'b' },
      ] as const;
      const expected = checkpoint ? [1] : ordered ? [1, 2, 4] : [1, 4];
      expect(await handle(deepFreeze(eventOf(source, tasks)))).toEqual(responseOf(source, tasks, expected));
    });

    it('reports nothing if all messages succeeded, or if there are none', async () => {
      const { handle } = await begin(source);
      const nothing = { batchItemFailures: [] };
      expect(await handle(eventOf(source, times(20, 'succeed')))).toEqual(nothing);
      expect(await handle(eventOf(source, []))).toEqual(nothing);
    });

    it('has as many messages in flight as workers, never more', async () => {
      const { handle, recorder } = await begin(source);
      const running = handle(eventOf(source, times(10, 'gate')));
      await recorder.untilStarts(workers);
      await turns();
      expect(recorder.starts).toBe(workers);
      recorder.openAll();
      expect(await running).toEqual({ batchItemFailures: [] });
      expect(recorder.maxInFlight).toBe(workers);
    });

    if (ordered) {
      it('has one message of a group in flight, in order', async () => {
        const { handle, recorder } = await begin(source);
        const tasks = ['a', 'a', 'a', 'b', 'b', 'b'].map((lane) => ({ do: 'gate', lane }) as const);
        const running = handle(eventOf(source, tasks));
        await recorder.untilStarts(2);
        await turns();
        expect([recorder.startsOf(0), recorder.startsOf(3), recorder.starts]).toEqual([1, 1, 2]);
        recorder.openAll();
        await running;
        for (const later of [1, 2, 4, 5]) {
          expect(recorder.startedAt(later)).toBeGreaterThan(recorder.endedAt(later - 1));
        }
      });
    } else {
      it('has several messages of a group in flight', async () => {
        const { handle, recorder } = await begin(source);
        const running = handle(eventOf(source, times(workers, { do: 'gate', lane: 'a' })));
        await recorder.untilStarts(workers);
        recorder.openAll();
        expect(await running).toEqual({ batchItemFailures: [] });
      });
    }

    it('responds before the timeout with exactly the messages that did not succeed', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      onTestFinished(() => {
        vi.useRealTimers();
      });
      const { handle, recorder } = await begin(source);
      const tasks = ['succeed', 'gate', 'gate', 'gate', 'succeed', 'succeed'] as const;
      const running = handle(eventOf(source, tasks), lambdaContext(60_000));
      await recorder.untilStarts(4);
      await vi.advanceTimersByTimeAsync(59_500);
      await recorder.untilAborts(3);
      recorder.open(1, 3);
      await recorder.untilEnds(3);
      expect(await isSettled(running)).toBe(false);
      await vi.advanceTimersByTimeAsync(250);
      expect(await running).toEqual(responseOf(source, tasks, checkpoint ? [2] : [2, 4, 5]));
      expect(recorder.starts).toBe(4);
    });

    it('keeps two concurrent invocations with the same message identifiers apart', async () => {
      const { handle, recorder } = await begin(source);
      const one = ['gate', 'fail', 'gate'] as const;
      const other = ['gate, then fail', 'gate', 'succeed'] as const;
      const running = [handle(eventOf(source, one)), handle(eventOf(source, other))] as const;
      recorder.openAll();
      expect(await running[0]).toEqual(responseOf(source, one, [1]));
      expect(await running[1]).toEqual(responseOf(source, other, [0]));
    });
  });
}

function eventOf(source: SourceUnderTest, tasks: readonly TaskSpec[]): object {
  return source.eventOf(sentMessages(tasks));
}

/** Returns the response that reports the messages with these numbers. */
function responseOf(source: SourceUnderTest, tasks: readonly TaskSpec[], numbers: readonly number[]): object {
  const identifiers = source.identifiersOf(sentMessages(tasks));
  return { batchItemFailures: numbers.map((number) => ({ itemIdentifier: identifiers[number] })) };
}

function lambdaContext(remainingMs: number): LambdaContext {
  return { getRemainingTimeInMillis: () => remainingMs };
}
