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
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
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
    expect(vi.mocked(console.error).mock.calls).toEqual([
      ['1 of 2 messages were not started, delivered again: b'],
    ]);
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
      invokedFunctionArn: 'function',
      remainingMs: 30_000,
      getRemainingTimeInMillis() {
        return this.remainingMs;
      },
    };
    const invocation = await told(lambda, { marginMs: 1_000 });
    expect(invocation?.context).toMatchObject({ awsRequestId: 'request', invokedFunctionArn: 'function' });
    expect(invocation?.context.deadlineMs).toBe(1_029_000);
    expect(invocation?.deadline.atMs).toBe(1_029_000);
    expect(invocation?.context.signal).toBe(invocation?.deadline.signal);
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
