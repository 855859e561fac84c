import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  batchHandler,
  InvalidEventError,
  InvalidOptionError,
  InvalidResponseError,
  type Outcome,
  type Technique,
} from '../src/index.ts';
import { notStarted, succeeded, type Invocation } from '../src/technique/index.ts';
import { kafkaEvent } from './sources/kafka-event.ts';
import { sqsRecord } from './sqs-record.ts';

const eventOf = (...ids: readonly string[]) => ({ Records: ids.map((id) => sqsRecord(id)) });
const again = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});
const allSucceed: Technique = (batch) => Promise.resolve(batch.messages.map(() => succeeded));

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

describe('the handler', () => {
  it('answers with what has not succeeded', async () => {
    const technique: Technique = () => Promise.resolve([succeeded, notStarted, succeeded]);
    expect(await batchHandler(technique)(eventOf('a', 'b', 'c'))).toEqual(again('b'));
  });

  it('reports messages for which the technique has no outcome', async () => {
    const technique: Technique = () => Promise.resolve([succeeded]);
    expect(await batchHandler(technique)(eventOf('a', 'b', 'c'))).toEqual(again('b', 'c'));
  });

  it('logs what has not succeeded, and nothing else', async () => {
    const technique: Technique = () => Promise.resolve([succeeded, notStarted]);
    await batchHandler(technique)(eventOf('a', 'b'));
    await batchHandler(allSucceed)(eventOf('a', 'b'));
    expect(vi.mocked(console.warn).mock.calls).toEqual([
      ['1 of 2 messages were not started, redelivered: b'],
    ]);
    expect(console.error).not.toHaveBeenCalled();
  });

  it('logs to the logger that is set, and not to the console', async () => {
    const logger = { error: vi.fn(), warn: vi.fn() };
    const technique: Technique = () =>
      Promise.resolve([{ status: 'failed', error: new Error('no') }, notStarted]);
    await batchHandler(technique, { logger, onBatchEnd: () => Promise.reject(new Error('no hook')) })(
      eventOf('a', 'b'),
    );
    expect(logger.error.mock.calls).toMatchObject([
      ["1 of 2 messages failed with 'Error: no', redelivered: a", { message: 'no' }],
      ["onBatchEnd failed with 'Error: no hook'", { message: 'no hook' }],
    ]);
    expect(logger.warn.mock.calls).toEqual([['1 of 2 messages were not started, redelivered: b']]);
    expect(console.error).not.toHaveBeenCalled();
    expect(console.warn).not.toHaveBeenCalled();
  });

  it.each([
    [{ work: () => undefined }, 'The first argument of batchHandler must be a technique'],
    [undefined, 'not undefined'],
  ])('refuses what is not a technique while the function starts: %o', (technique, message) => {
    expect(() => batchHandler(technique as unknown as Technique)).toThrow(InvalidOptionError);
    expect(() => batchHandler(technique as unknown as Technique)).toThrow(message);
  });

  it.each([
    [{ concurrency: 5 }, "Unknown option 'concurrency' of batchHandler."],
    [{ margin: 5 }, "Unknown option 'margin' of batchHandler. Did you mean marginMs?"],
    [{ onFullfailure: 'throw' }, 'Did you mean onFullFailure?'],
    [{ onFullFailure: 'ignore' }, "onFullFailure must be report or throw, not 'ignore'"],
    [{ kafkaLanes: 'topic' }, 'kafkaLanes must be partition or key'],
    [{ onBatchEnd: 'log' }, "onBatchEnd must be a function, not 'log'"],
    [{ logger: {} }, 'logger.error must be a function, not undefined'],
    [{ logger: { error: () => undefined } }, 'logger.warn must be a function, not undefined'],
  ])('refuses the options %o while the function starts', (options, message) => {
    expect(() => batchHandler(allSucceed, options as object)).toThrow(InvalidOptionError);
    expect(() => batchHandler(allSucceed, options as object)).toThrow(message);
  });

  it.each([
    ['NaN', () => NaN, 'not NaN'],
    ['a text', () => '3000', "not '3000'"],
    ['nothing', () => undefined, 'not undefined'],
    ['a number instead of a function', 3_000, 'not 3000'],
  ])('rejects a context whose remaining time is %s', async (_, getRemainingTimeInMillis, message) => {
    const technique = vi.fn<Technique>(allSucceed);
    const handled = batchHandler(technique)(eventOf('a'), { getRemainingTimeInMillis } as object);
    await expect(handled).rejects.toThrow(InvalidOptionError);
    await expect(handled).rejects.toThrow(message);
    expect(technique).not.toHaveBeenCalled();
  });

  it('has no deadline if the remaining time is infinite', async () => {
    let atMs: number | undefined = 0;
    const technique: Technique = (batch, { deadline, context }) => {
      atMs = deadline.atMs;
      return allSucceed(batch, { deadline, context });
    };
    await batchHandler(technique)(eventOf('a'), { getRemainingTimeInMillis: () => Infinity });
    expect(atMs).toBeUndefined();
  });

  it('warns once if the margin is too long for the remaining time, and processes the batch', async () => {
    const handler = batchHandler(allSucceed, { marginMs: 5_000 });
    const lambda = { getRemainingTimeInMillis: () => 3_000 };
    expect(await handler(eventOf('a'), lambda)).toEqual(again());
    await handler(eventOf('a'), lambda);
    expect(vi.mocked(console.warn).mock.calls).toEqual([
      [expect.stringMatching(/^marginMs \(5000\) is more than half of the 3000 ms that remain/)],
    ]);
  });

  it('responds in time although the log is slow', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const timeoutMs = Date.now() + 3_000;
    const ids = Array.from({ length: 1_000 }, (_, index) => `id-${index}`);
    const technique: Technique = ({ messages }) => {
      vi.setSystemTime(timeoutMs - 125);
      return Promise.resolve(messages.map(({ id }) => ({ status: 'failed', error: new Error(id) })));
    };
    const logger = { error: () => vi.setSystemTime(Date.now() + 20), warn: vi.fn() };
    const handled = batchHandler(technique, { logger })(eventOf(...ids), {
      getRemainingTimeInMillis: () => timeoutMs - Date.now(),
    });
    expect(await handled).toEqual(again(...ids));
    expect(Date.now()).toBeLessThan(timeoutMs);
  });

  it('rejects when the technique has more outcomes than there are messages', async () => {
    const technique: Technique = () => Promise.resolve([succeeded, succeeded]);
    await expect(batchHandler(technique)(eventOf('a'))).rejects.toThrow(InvalidResponseError);
  });

  it('rejects when the technique does, so that all is delivered again', async () => {
    const error = new Error('no thread could be started');
    await expect(batchHandler(() => Promise.reject(error))(eventOf('a'))).rejects.toBe(error);
    const throwing: Technique = () => {
      throw error;
    };
    await expect(batchHandler(throwing)(eventOf('a'))).rejects.toBe(error);
  });

  it('rejects an event that is not a batch, and asks no technique', async () => {
    const technique = vi.fn<Technique>(allSucceed);
    const handler = batchHandler(technique);
    for (const event of [undefined, {}, { Records: [{}] }]) {
      await expect(handler(event)).rejects.toThrow(InvalidEventError);
    }
    expect(technique).not.toHaveBeenCalled();
  });

  it('reads the event as its options say', async () => {
    const event = kafkaEvent({ key: 'a' }, { key: 'b', offset: 1 });
    const lanes: unknown[] = [];
    const technique: Technique = (batch, invocation) => {
      lanes.push(batch.lanes);
      return allSucceed(batch, invocation);
    };
    await batchHandler(technique)(event);
    await batchHandler(technique, { kafkaLanes: 'key' })(event);
    expect(lanes).toEqual([[[0, 1]], [[0], [1]]]);
  });

  it('refuses a margin that is out of range while the function starts', () => {
    expect(() => batchHandler(allSucceed, { marginMs: -1 })).toThrow(InvalidOptionError);
  });

  it('answers only after the turn in which Node tells of rejections that nobody handles', async () => {
    const order: string[] = [];
    const technique: Technique = (batch, invocation) => {
      setImmediate(() => order.push('turn'));
      return allSucceed(batch, invocation);
    };
    await batchHandler(technique)(eventOf('a')).then(() => order.push('answer'));
    expect(order).toEqual(['turn', 'answer']);
  });
});

describe('what a technique is told', () => {
  const told = async (...args: readonly [unknown?, Parameters<typeof batchHandler>[1]?]) => {
    const [context, options] = args;
    let invocation: Invocation | undefined;
    const technique: Technique = (batch, given) => {
      invocation = given;
      return allSucceed(batch, given);
    };
    await batchHandler(technique, options)(eventOf('a'), context as never);
    return invocation;
  };

  it('is the request, the function and the deadline, as one signal', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_000_000 });
    const lambda = {
      awsRequestId: 'request',
      invokedFunctionArn: 'arn',
      functionName: 'function',
      functionVersion: '$LATEST',
      remainingMs: 30_000,
      getRemainingTimeInMillis() {
        return this.remainingMs;
      },
    };
    const invocation = await told(lambda, { marginMs: 1_000 });
    expect(invocation?.context).toMatchObject({
      awsRequestId: 'request',
      invokedFunctionArn: 'arn',
      functionName: 'function',
      functionVersion: '$LATEST',
      timeoutAtMs: 1_030_000,
    });
    vi.setSystemTime(1_010_000);
    expect(invocation?.context.getRemainingTimeInMillis()).toBe(20_000);
    expect(invocation?.context.deadlineMs).toBe(1_029_000);
    expect(invocation?.deadline.atMs).toBe(1_029_000);
    expect(invocation?.context.signal).toBe(invocation?.deadline.signal);
  });

  it('is the trace of the invocation: from its context, else from the environment', async () => {
    vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-environment');
    expect((await told({ xRayTraceId: 'Root=1-context' }))?.context.traceId).toBe('Root=1-context');
    expect((await told({}))?.context.traceId).toBe('Root=1-environment');
    vi.stubEnv('_X_AMZN_TRACE_ID', undefined);
    expect((await told())?.context.traceId).toBeUndefined();
  });

  it('is 15 minutes of remaining time without a context, the longest that Lambda knows', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const invocation = await told();
    expect(invocation?.context.timeoutAtMs).toBeUndefined();
    expect(invocation?.context.getRemainingTimeInMillis()).toBe(900_000);
  });

  it.each([[undefined], [{}]])('is that there is no deadline when the context is %o', async (context) => {
    const invocation = await told(context);
    expect(invocation?.context).toMatchObject({
      awsRequestId: undefined,
      invokedFunctionArn: undefined,
      deadlineMs: undefined,
    });
    expect(invocation?.deadline.abortIfReached()).toBe(false);
  });
});

describe('the timers of the deadline', () => {
  const lambda = { getRemainingTimeInMillis: () => 30_000 };

  it('are gone when the handler answers', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    await batchHandler(allSucceed)(eventOf('a'), lambda);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are gone when the handler rejects', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const handler = batchHandler(() => Promise.reject(new Error('no')));
    await expect(handler(eventOf('a'), lambda)).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('two invocations at a time', () => {
  it('have their own batch, deadline, outcomes and response', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const invocations: Invocation[] = [];
    const gates = new Map(['a', 'b'].map((id) => [id, Promise.withResolvers<Outcome>()]));
    const technique: Technique = async ({ messages }, invocation) => {
      invocations.push(invocation);
      const outcome = await gates.get(messages[0]?.id ?? '')?.promise;
      return messages.map(() => outcome ?? notStarted);
    };
    const handler = batchHandler(technique);
    const one = handler(eventOf('a', 'x'), { awsRequestId: 'one', getRemainingTimeInMillis: () => 1_000 });
    const other = handler(eventOf('b', 'x'), {
      awsRequestId: 'other',
      getRemainingTimeInMillis: () => 9_000,
    });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(invocations.map(({ context }) => [context.awsRequestId, context.signal.aborted])).toEqual([
      ['one', true],
      ['other', false],
    ]);
    gates.get('b')?.resolve(succeeded);
    expect(await other).toEqual(again());
    gates.get('a')?.resolve(notStarted);
    expect(await one).toEqual(again('a', 'x'));
  });
});
