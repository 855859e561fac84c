import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  batchHandler,
  FullFailureError,
  InvalidEventError,
  type BatchEnd,
  type Technique,
} from '../src/index.ts';
import { notStarted, succeeded } from '../src/technique/index.ts';
import { isSettled } from './is-settled.ts';
import { sqsRecord } from './sqs-record.ts';

const event = { Records: [sqsRecord('a'), sqsRecord('b'), sqsRecord('c')] };
const error = new Error('no b');
const outcomes = [succeeded, { status: 'failed', error }, notStarted] as const;
const technique: Technique = () => Promise.resolve(outcomes);
const answer = { batchItemFailures: [{ itemIdentifier: 'b' }, { itemIdentifier: 'c' }] };

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('gets every message with its outcome, and the invocation', async () => {
  const ends: BatchEnd[] = [];
  const handler = batchHandler(technique, { onBatchEnd: (end) => ends.push(end) });
  expect(await handler(event, { awsRequestId: 'request', invokedFunctionArn: 'function' })).toEqual(answer);
  expect(ends).toHaveLength(1);
  expect(ends[0]?.messages.map(({ id, text }) => [id, text])).toEqual(
    ['a', 'b', 'c'].map((id) => [id, `body of ${id}`]),
  );
  expect(ends[0]?.outcomes).toEqual(outcomes);
  expect(ends[0]?.context).toMatchObject({ awsRequestId: 'request', invokedFunctionArn: 'function' });
});

it('gets the duration of the technique alone', async () => {
  const clock = vi.spyOn(process.hrtime, 'bigint').mockReturnValue(1_000_000_000n);
  const slow: Technique = () => {
    clock.mockReturnValue(1_042_000_000n);
    return Promise.resolve(outcomes);
  };
  const onBatchEnd = vi.fn();
  await batchHandler(slow, { onBatchEnd })(event);
  expect(onBatchEnd).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ durationMs: 42 }));
});

it('is called for an empty batch too', async () => {
  const onBatchEnd = vi.fn();
  await batchHandler(() => Promise.resolve([]), { onBatchEnd })({ Records: [] });
  expect(onBatchEnd).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ messages: [], outcomes: [] }));
});

it('logs nothing about a hook that ended in time', async () => {
  const all = batchHandler(() => Promise.resolve([succeeded, succeeded, succeeded]), {
    onBatchEnd: () => undefined,
  });
  await all(event, { getRemainingTimeInMillis: () => 30_000 });
  expect(console.error).not.toHaveBeenCalled();
});

it('is awaited before the response', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const running = batchHandler(technique, { onBatchEnd: () => promise })(event);
  expect(await isSettled(running)).toBe(false);
  resolve(undefined);
  expect(await running).toEqual(answer);
});

it.each([
  [
    'throws',
    (): never => {
      throw error;
    },
  ],
  ['rejects', () => Promise.reject(error)],
  [
    'rejects later',
    async () => {
      await new Promise((resolve) => setImmediate(resolve));
      throw error;
    },
  ],
])('does not fail the batch when it %s, and is logged', async (_, onBatchEnd) => {
  expect(await batchHandler(technique, { onBatchEnd })(event)).toEqual(answer);
  expect(vi.mocked(console.error).mock.lastCall).toMatchObject([
    "onBatchEnd failed with 'Error: no b'",
    { message: 'no b', stack: error.stack },
  ]);
});

it('is abandoned and logged when the response is due', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const { promise, reject } = Promise.withResolvers<undefined>();
  const handler = batchHandler(technique, { onBatchEnd: () => promise });
  const running = handler(event, { getRemainingTimeInMillis: () => 30_000 });
  expect(await isSettled(running)).toBe(false);
  await vi.advanceTimersByTimeAsync(29_874);
  expect(await isSettled(running)).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await running).toEqual(answer);
  expect(vi.mocked(console.error).mock.lastCall).toEqual(['onBatchEnd did not end in time']);
  // An unhandled rejection would fail the test run.
  reject(error);
  expect(await isSettled(promise)).toBe(true);
});

it('is called before a full failure is thrown', async () => {
  const onBatchEnd = vi.fn();
  const handler = batchHandler(() => Promise.resolve([]), { onBatchEnd, onFullFailure: 'throw' });
  await expect(handler(event)).rejects.toThrow(FullFailureError);
  expect(onBatchEnd).toHaveBeenCalledOnce();
});

it('is not called without a batch or without outcomes', async () => {
  const onBatchEnd = vi.fn();
  await expect(batchHandler(technique, { onBatchEnd })({})).rejects.toThrow(InvalidEventError);
  const broken: Technique = () => Promise.reject(error);
  await expect(batchHandler(broken, { onBatchEnd })(event)).rejects.toBe(error);
  expect(onBatchEnd).not.toHaveBeenCalled();
});

describe('several hooks', () => {
  it('are all called, in their order, and run at the same time', async () => {
    const called: string[] = [];
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const onBatchEnd = [
      async () => {
        called.push('first');
        await promise;
        called.push('first has ended');
      },
      () => {
        called.push('second');
        resolve(undefined);
      },
    ];
    await batchHandler(technique, { onBatchEnd })(event);
    expect(called).toEqual(['first', 'second', 'first has ended']);
  });

  it('are called although one of them fails, whose error is logged', async () => {
    const second = vi.fn();
    const fails = (): never => {
      throw new TypeError('no metrics');
    };
    expect(await batchHandler(technique, { onBatchEnd: [fails, second] })(event)).toEqual(answer);
    expect(second).toHaveBeenCalledOnce();
    expect(console.error).toHaveBeenCalledWith(
      "onBatchEnd failed with 'TypeError: no metrics'",
      expect.anything(),
    );
  });

  it('must all be functions', () => {
    const onBatchEnd = [() => undefined, 'flush'] as unknown as () => void;
    expect(() => batchHandler(technique, { onBatchEnd })).toThrow('onBatchEnd must be a function');
  });
});
