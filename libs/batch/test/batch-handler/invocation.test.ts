import { afterEach, describe, expect, it, vi } from 'vitest';

import { batchHandler, type Outcome, type Technique } from '../../src/index.ts';
import { notStarted, succeeded, type Invocation } from '../../src/technique/index.ts';
import { allSucceed, eventOf, redelivered } from './events.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('the invocation of a technique', () => {
  const invocationOf = async (...args: readonly [unknown?, Parameters<typeof batchHandler>[1]?]) => {
    const [context, options] = args;
    let invocation: Invocation | undefined;
    const technique: Technique = (batch, given) => {
      invocation = given;
      return allSucceed(batch, given);
    };
    await batchHandler(technique, options)(eventOf('a'), context as never);
    return invocation;
  };

  it('holds the request, the function and the deadline, with one signal', async () => {
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
    const invocation = await invocationOf(lambda, { marginMs: 1_000 });
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

  it('holds the trace: from the Lambda context, else from the environment', async () => {
    vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-environment');
    expect((await invocationOf({ xRayTraceId: 'Root=1-context' }))?.context.traceId).toBe('Root=1-context');
    expect((await invocationOf({}))?.context.traceId).toBe('Root=1-environment');
    vi.stubEnv('_X_AMZN_TRACE_ID', undefined);
    expect((await invocationOf())?.context.traceId).toBeUndefined();
  });

  it('has 15 minutes of remaining time without a context, the maximum timeout', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const invocation = await invocationOf();
    expect(invocation?.context.timeoutAtMs).toBeUndefined();
    expect(invocation?.context.getRemainingTimeInMillis()).toBe(900_000);
  });

  it.each([[undefined], [{}]])('has no deadline when the context is %o', async (context) => {
    const invocation = await invocationOf(context);
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

  it('are cleared when the handler responds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    await batchHandler(allSucceed)(eventOf('a'), lambda);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are cleared when the handler rejects', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const handler = batchHandler(() => Promise.reject(new Error('no')));
    await expect(handler(eventOf('a'), lambda)).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('two concurrent invocations', () => {
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
    expect(await other).toEqual(redelivered());
    gates.get('a')?.resolve(notStarted);
    expect(await one).toEqual(redelivered('a', 'x'));
  });
});
