import { inspect } from 'node:util';

import { batchHandler, type BatchResponse, type LambdaContext } from '@parallel-lambda/batch';
import { expect, it, onTestFinished, vi } from 'vitest';

import { deepFreeze } from '../deep-freeze.ts';
import { isSettled } from '../is-settled.ts';
import type { MakeTechnique } from '../make-technique.ts';
import { muteErrors } from '../mute-errors.ts';
import { sentMessages, type Order } from '../sent-messages.ts';
import { setUpShared } from '../set-up-shared.ts';
import { sqsEvent } from '../sqs-event.ts';
import { straysTo } from '../strays-to.ts';
import { times } from '../times.ts';
import { turns } from '../turns.ts';
import { thrownMessage, waysToFail } from '../ways-to-fail.ts';

const failing = ['succeed', 'fail', 'succeed', 'throw undefined', 'succeed later'] as const;

/** The technique in its handler, from event to response: contract 1, 3, 6, 8-10. */
export function handler(makeTechnique: MakeTechnique): void {
  const setUpTrial = setUpShared(makeTechnique);

  /** A handler for one test, and who watches it. */
  async function setUp(options: { readonly workers: number }) {
    const log = muteErrors();
    const { technique, witness } = await setUpTrial(options);
    return { handle: batchHandler(technique), witness, log };
  }

  it('answers an SQS event with what failed', async () => {
    const { handle } = await setUp({ workers: 3 });
    expect(await handle(eventOf(failing))).toEqual(again(1, 3));
  });

  it('answers an SQS FIFO event with what failed and the rest of its groups', async () => {
    const { handle } = await setUp({ workers: 3 });
    const orders = failing.map((deed, index) => ({ do: deed, lane: `group ${index % 2}` }));
    const rest = orders.map(({ lane }) => ({ do: 'succeed' as const, lane }));
    expect(await handle(eventOf([...orders, ...rest]))).toEqual(again(1, 3, 6, 8));
  });

  it('answers with an empty list when all succeeded, and logs nothing', async () => {
    const { handle, log } = await setUp({ workers: 3 });
    expect(await handle(eventOf(times(20, 'succeed')))).toEqual(again());
    expect(await handle({ Records: [] })).toEqual(again());
    expect(log).not.toHaveBeenCalled();
  });

  it('logs which messages failed, and the error', async () => {
    const { handle, log } = await setUp({ workers: 3 });
    await handle(eventOf(failing));
    const text = inspect(log.mock.calls);
    for (const part of ['message-1', 'message-3', thrownMessage]) expect(text).toContain(part);
  });

  it('answers with what failed, whatever it threw', async () => {
    const { handle } = await setUp({ workers: 3 });
    const ways = Object.keys(waysToFail) as (keyof typeof waysToFail)[];
    const orders = ways.flatMap((way) => ['succeed', way] as const);
    expect(await handle(eventOf(orders))).toEqual(again(...ways.map((_, index) => 2 * index + 1)));
  });

  it('works once on a message that came twice, and reports it once', async () => {
    const { handle, witness } = await setUp({ workers: 3 });
    const { Records } = eventOf(['fail', 'succeed']);
    expect(await handle({ Records: [...Records, ...Records] })).toEqual(again(0));
    expect(witness.starts).toBe(2);
  });

  it('rejects an event that is not a batch, and starts nothing of it', async () => {
    const { handle, witness } = await setUp({ workers: 3 });
    const { Records } = eventOf(['succeed', 'succeed']);
    await expect(handle({ Records: [...Records, {}] })).rejects.toThrow('eventSource');
    expect(witness.starts).toBe(0);
  });

  it('does not change the event', async () => {
    const { handle } = await setUp({ workers: 3 });
    expect(await handle(deepFreeze(eventOf(failing)))).toEqual(again(1, 3));
  });

  it('answers before the timeout with exactly what is not done', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { handle, witness } = await setUp({ workers: 4 });
    const orders = ['succeed', 'gate', 'fail', 'heed the signal, then succeed', 'gate', 'gate'] as const;
    const running = handle(eventOf([...orders, ...times(4, 'gate' as const)]), lambdaContext(60_000));
    await witness.untilStarts(6);
    await vi.advanceTimersByTimeAsync(59_500);
    // One more worker is free now, but after the deadline it starts nothing.
    await witness.untilEnds(3);
    witness.open(4);
    await witness.untilEnds(4);
    expect(await isSettled(running)).toBe(false);
    await vi.advanceTimersByTimeAsync(250);
    expect(await running).toEqual(again(1, 2, 5, 6, 7, 8, 9));
    expect(witness.starts).toBe(6);
  });

  it('answers two invocations at a time, each for itself', async () => {
    const { handle, witness } = await setUp({ workers: 2 });
    const one = handle(eventOf(['gate', 'fail', 'gate']), lambdaContext(60_000));
    const other = handle(eventOf(['gate, then fail', 'gate'], 10), lambdaContext(60_000));
    await witness.untilStarts(3);
    await turns();
    witness.openAll();
    expect(await other).toEqual(again(10));
    expect(await one).toEqual(again(1));
  });

  it('never answers past a rejection that work let go of', async () => {
    const { handle } = await setUp({ workers: 2 });
    const strays = straysTo(process);
    const answer = await handle(eventOf(['succeed', 'let go of a rejection', 'succeed'])).catch(
      () => 'rejected',
    );
    // Told to the process, it fails the whole invocation; told to a thread, it costs what that thread had started.
    const told = strays.length > 0 || answer === 'rejected';
    expect(told || (answer as BatchResponse).batchItemFailures.length > 0).toBe(true);
  });
}

function eventOf(orders: readonly Order[], first = 0): { readonly Records: readonly object[] } {
  return sqsEvent(sentMessages(orders, first));
}

function again(...numbers: readonly number[]): BatchResponse {
  return { batchItemFailures: numbers.map((number) => ({ itemIdentifier: `message-${number}` })) };
}

function lambdaContext(remainingMs: number): LambdaContext {
  return {
    awsRequestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    invokedFunctionArn: 'arn:aws:lambda:us-east-2:123456789012:function:orders',
    getRemainingTimeInMillis: () => remainingMs,
  };
}
