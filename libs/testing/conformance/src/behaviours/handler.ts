import { inspect } from 'node:util';

import { batchHandler, type BatchResponse, type LambdaContext } from '@parallel-lambda/batch';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

import type { MakeTechnique } from '../setup/fixture.ts';
import { deepFreeze, isSettled, muteErrors, times, turns } from '../setup/helpers.ts';
import { setUpShared } from '../setup/set-up.ts';
import { collectUnhandledRejections } from '../setup/unhandled-rejections.ts';
import { sentMessages, type TaskSpec } from '../sources/batch-of.ts';
import { sqsEvent } from '../sources/sqs-event.ts';
import { failingActions, thrownMessage } from '../work/failing-actions.ts';

const failing = ['succeed', 'fail', 'succeed', 'throw undefined', 'succeed later'] as const;

/** The technique in its handler, from event to response. */
export function handler(makeTechnique: MakeTechnique): void {
  const setUpTrial = setUpShared(makeTechnique);

  /** Returns a handler for one test, its recorder and its log. */
  async function setUp(options: { readonly workers: number }) {
    const log = muteErrors();
    const { technique, recorder } = await setUpTrial(options);
    return { handle: batchHandler(technique), recorder, log };
  }

  it('reports the failed messages of an SQS event', async () => {
    const { handle } = await setUp({ workers: 3 });
    expect(await handle(eventOf(failing))).toEqual(batchItemFailures(1, 3));
  });

  it('reports the failed messages of an SQS FIFO event and the rest of their groups', async () => {
    const { handle } = await setUp({ workers: 3 });
    const tasks = failing.map((action, index) => ({ do: action, lane: `group ${index % 2}` }));
    const rest = tasks.map(({ lane }) => ({ do: 'succeed' as const, lane }));
    expect(await handle(eventOf([...tasks, ...rest]))).toEqual(batchItemFailures(1, 3, 6, 8));
  });

  it('reports nothing and logs nothing if all messages succeeded', async () => {
    const { handle, log } = await setUp({ workers: 3 });
    expect(await handle(eventOf(times(20, 'succeed')))).toEqual(batchItemFailures());
    expect(await handle({ Records: [] })).toEqual(batchItemFailures());
    expect(log).not.toHaveBeenCalled();
  });

  it('logs the failed messages and the error', async () => {
    const { handle, log } = await setUp({ workers: 3 });
    await handle(eventOf(failing));
    const text = inspect(log.mock.calls);
    for (const part of ['message-1', 'message-3', thrownMessage]) expect(text).toContain(part);
  });

  it('reports a failed message whatever its work threw', async () => {
    const { handle } = await setUp({ workers: 3 });
    const actionNames = Object.keys(failingActions) as (keyof typeof failingActions)[];
    const tasks = actionNames.flatMap((action) => ['succeed', action] as const);
    expect(await handle(eventOf(tasks))).toEqual(
      batchItemFailures(...actionNames.map((_, index) => 2 * index + 1)),
    );
  });

  it('starts a duplicate message once, and reports it once', async () => {
    const { handle, recorder } = await setUp({ workers: 3 });
    const { Records } = eventOf(['fail', 'succeed']);
    expect(await handle({ Records: [...Records, ...Records] })).toEqual(batchItemFailures(0));
    expect(recorder.starts).toBe(2);
  });

  it('rejects an event that is not a batch, and starts none of its messages', async () => {
    const { handle, recorder } = await setUp({ workers: 3 });
    const { Records } = eventOf(['succeed', 'succeed']);
    await expect(handle({ Records: [...Records, {}] })).rejects.toThrow('records of two sources');
    expect(recorder.starts).toBe(0);
  });

  it('does not change the event', async () => {
    const { handle } = await setUp({ workers: 3 });
    expect(await handle(deepFreeze(eventOf(failing)))).toEqual(batchItemFailures(1, 3));
  });

  it('responds before the timeout with exactly the messages that did not succeed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { handle, recorder } = await setUp({ workers: 4 });
    const tasks = ['succeed', 'gate', 'fail', 'succeed on abort', 'gate', 'gate'] as const;
    const running = handle(eventOf([...tasks, ...times(4, 'gate' as const)]), lambdaContext(60_000));
    await recorder.untilStarts(6);
    await vi.advanceTimersByTimeAsync(59_500);
    // A worker is idle now, but it starts nothing after the deadline.
    await recorder.untilEnds(3);
    recorder.open(4);
    await recorder.untilEnds(4);
    expect(await isSettled(running)).toBe(false);
    await vi.advanceTimersByTimeAsync(250);
    expect(await running).toEqual(batchItemFailures(1, 2, 5, 6, 7, 8, 9));
    expect(recorder.starts).toBe(6);
  });

  it('responds in a test whose fake timers do not advance', async () => {
    const { handle } = await setUp({ workers: 3 });
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    expect(await handle(eventOf(['succeed', 'fail']), lambdaContext(60_000))).toEqual(batchItemFailures(1));
  });

  it('keeps two concurrent invocations apart', async () => {
    const { handle, recorder } = await setUp({ workers: 2 });
    const one = handle(eventOf(['gate', 'fail', 'gate']), lambdaContext(60_000));
    const other = handle(eventOf(['gate, then fail', 'gate'], 10), lambdaContext(60_000));
    await recorder.untilStarts(3);
    await turns();
    recorder.openAll();
    expect(await other).toEqual(batchItemFailures(10));
    expect(await one).toEqual(batchItemFailures(1));
  });

  describe('never reports success for work that leaves a rejection unhandled', () => {
    // In the main thread, Node.js fails the whole invocation. In another thread, the message is reported.
    async function expectNoSuccess(number: number, invoke: () => Promise<unknown>): Promise<void> {
      const rejections = collectUnhandledRejections();
      const answer = await invoke().catch(() => 'rejected');
      if (rejections.length > 0 || answer === 'rejected') return;
      expect((answer as BatchResponse).batchItemFailures).toContainEqual({
        itemIdentifier: `message-${number}`,
      });
    }

    it('while messages remain', async () => {
      const { handle } = await setUp({ workers: 2 });
      const tasks = ['succeed', 'leave a rejection unhandled', 'succeed'] as const;
      await expectNoSuccess(1, () => handle(eventOf(tasks)));
    });

    it.each([59_500, 60_000])('when all that is left of the time passes in one turn: %i ms', async (ms) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      onTestFinished(() => {
        vi.useRealTimers();
      });
      const { handle, recorder } = await setUp({ workers: 2 });
      await expectNoSuccess(1, async () => {
        const tasks = ['succeed', 'leave a rejection unhandled on abort'] as const;
        const running = handle(eventOf(tasks), lambdaContext(60_000));
        await recorder.untilStarts(2);
        vi.advanceTimersByTime(ms);
        return running;
      });
    });
  });
}

function eventOf(tasks: readonly TaskSpec[], first = 0): { readonly Records: readonly object[] } {
  return sqsEvent(sentMessages(tasks, first));
}

function batchItemFailures(...numbers: readonly number[]): BatchResponse {
  return { batchItemFailures: numbers.map((number) => ({ itemIdentifier: `message-${number}` })) };
}

function lambdaContext(remainingMs: number): LambdaContext {
  return {
    awsRequestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    invokedFunctionArn: 'arn:aws:lambda:us-east-2:123456789012:function:orders',
    getRemainingTimeInMillis: () => remainingMs,
  };
}
