import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  batchHandler,
  InvalidOptionError,
  type Outcome,
  type Redelivery,
  type Technique,
} from '../src/index.ts';
import { notStarted, succeeded, type RedeliveryRequest } from '../src/technique/index.ts';
import { sqsFifoRecord, sqsRecord } from './sqs-record.ts';

const event = { Records: ['a', 'b', 'c'].map((id) => sqsRecord(id)) };
const failed: Outcome = { status: 'failed', error: new Error('no') };
const technique: Technique = () => Promise.resolve([succeeded, failed, notStarted]);
const reporting = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});
const logged = (): string[] => vi.mocked(console.error).mock.calls.map(([line]) => String(line));

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('is not called when every message succeeded, or the batch is empty', async () => {
  const redelivery = vi.fn<Redelivery>();
  await batchHandler(() => Promise.resolve([succeeded, succeeded, succeeded]), { redelivery })(event);
  await batchHandler(() => Promise.resolve([]), { redelivery })({ Records: [] });
  expect(redelivery).not.toHaveBeenCalled();
});

it('is called with the batch, its outcomes and its context', async () => {
  const requests: RedeliveryRequest[] = [];
  const redelivery: Redelivery = (request) => Promise.resolve((requests.push(request), []));
  await batchHandler(technique, { redelivery })(event, { awsRequestId: 'request' });
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    outcomes: [succeeded, failed, notStarted],
    context: { awsRequestId: 'request' },
  });
  expect(requests[0]?.batch.messages.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});

it.each([
  ['nothing for ordinary failures', [], ['b', 'c']],
  ['a parked message', [undefined, 'parked'], ['c']],
  ['a delayed message, which stays reported', [undefined, 'delayed', 'parked'], ['b']],
  ['a fate of a message that succeeded, which changes nothing', ['parked', 'parked', 'parked'], []],
  ['words that are no fate', [undefined, 'succeeded', true], ['b', 'c']],
])('reports what is redelivered after %s', async (_, fates, ids) => {
  const redelivery = (() => Promise.resolve(fates)) as unknown as Redelivery;
  expect(await batchHandler(technique, { redelivery })(event)).toEqual(reporting(...ids));
});

describe('fails closed', () => {
  it.each<[string, Redelivery]>([
    [
      'throws',
      () => {
        throw new Error('no queue');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no queue'))],
  ])('when it %s', async (_, redelivery) => {
    expect(await batchHandler(technique, { redelivery })(event)).toEqual(reporting('b', 'c'));
    expect(logged()[0]).toContain("redelivery failed with 'Error: no queue'");
  });

  it.each([undefined, null, 'parked', 7, {}])('when it returns %o', async (value) => {
    const redelivery = (() => Promise.resolve(value)) as unknown as Redelivery;
    expect(await batchHandler(technique, { redelivery })(event)).toEqual(reporting('b', 'c'));
  });

  it('when it takes until the response must be made', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const redelivery: Redelivery = () => new Promise(() => undefined);
    const running = batchHandler(technique, { redelivery })(event, {
      getRemainingTimeInMillis: () => 10_000,
    });
    await vi.advanceTimersByTimeAsync(9_500);
    expect(await running).toEqual(reporting('b', 'c'));
    expect(logged()[0]).toContain('redelivery did not end in time');
  });
});

it('returns the known results when its signal is aborted', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const redelivery: Redelivery = ({ signal }) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        resolve([undefined, 'parked']);
      });
    });
  const running = batchHandler(technique, { redelivery })(event, { getRemainingTimeInMillis: () => 10_000 });
  await vi.advanceTimersByTimeAsync(9_500);
  expect(await running).toEqual(reporting('c'));
});

it('keeps parked messages when reprocessed messages end too late', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const end = Promise.withResolvers<readonly Outcome[]>();
  const slow: Technique = ({ messages }) =>
    messages.length === 1 ? end.promise : Promise.resolve([succeeded, failed, notStarted]);
  const redelivery: Redelivery = async ({ process }) => {
    await process([2]);
    return [undefined, 'parked'];
  };
  const handler = batchHandler(slow, { redelivery });
  const running = handler(event, { getRemainingTimeInMillis: () => 10_000 });
  await vi.advanceTimersByTimeAsync(9_500);
  end.resolve([notStarted]);
  expect(await running).toEqual(reporting('c'));
});

it('responds in time although a technique that processes messages again never settles', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const hanging: Technique = ({ messages }) =>
    messages.length === 1 ? new Promise(() => undefined) : Promise.resolve([succeeded, failed, notStarted]);
  const redelivery: Redelivery = async ({ process }) => {
    await process([2]);
    return [undefined, 'parked'];
  };
  const handler = batchHandler(hanging, { redelivery });
  const running = handler(event, { getRemainingTimeInMillis: () => 10_000 });
  await vi.advanceTimersByTimeAsync(9_500);
  expect(await running).toEqual(reporting('c'));
  expect(logged()).toContain('The technique did not end in time');
});

it('has a margin of two seconds by default', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const redelivery = vi.fn<Redelivery>(() => Promise.resolve([]));
  await batchHandler(technique, { redelivery })(event, { getRemainingTimeInMillis: () => 30_000 });
  const [[request] = []] = redelivery.mock.calls;
  expect(request?.context.deadlineMs).toBe(Date.now() + 28_000);
});

it('processes messages again, in their lanes', async () => {
  const batches: string[][][] = [];
  const twice: Technique = ({ messages, lanes, records }) => {
    batches.push(lanes.map((lane) => lane.map((position) => messages[position]?.id ?? '')));
    expect(records.map((record) => (record as { messageId: string }).messageId)).toEqual(
      messages.map(({ id }) => id),
    );
    return Promise.resolve(
      messages.length === 4 ? [failed, succeeded, failed, notStarted] : [succeeded, failed],
    );
  };
  const redelivery: Redelivery = async ({ process, outcomes }) => {
    await process([0, 3]);
    expect(outcomes).toEqual([succeeded, succeeded, failed, failed]);
    return [undefined, undefined, 'parked'];
  };
  const Records = ['a', 'b', 'c', 'd'].map((id) => sqsFifoRecord(id, id === 'b' ? 'y' : 'x'));
  expect(await batchHandler(twice, { redelivery })({ Records })).toEqual(reporting('d'));
  expect(batches).toEqual([[['a', 'c', 'd'], ['b']], [['a', 'd']]]);
});

it('responds only after the turn in which Node.js reports unhandled rejections of messages that were processed again', async () => {
  const order: string[] = [];
  const again: Technique = ({ messages }) => {
    if (messages.length === 1) setImmediate(() => order.push('turn'));
    return Promise.resolve(messages.map(() => (messages.length === 1 ? succeeded : failed)));
  };
  const redelivery: Redelivery = async ({ process }) => {
    await process([1]);
    return [];
  };
  const response = await batchHandler(again, { redelivery })(event);
  order.push('response');
  expect(response).toEqual(reporting('a', 'c'));
  expect(order).toEqual(['turn', 'response']);
});

it('does not make a batch fail whose messages are all parked', async () => {
  const none: Technique = () => Promise.resolve([failed, failed, failed]);
  const redelivery: Redelivery = () => Promise.resolve(['parked', 'parked', 'parked']);
  const handler = batchHandler(none, { redelivery, onFullFailure: 'throw' });
  expect(await handler(event)).toEqual(reporting());
});

it('is in the log and in the end of the batch', async () => {
  const onBatchEnd = vi.fn();
  const all: Technique = () => Promise.resolve([failed, failed, notStarted]);
  const redelivery: Redelivery = () => Promise.resolve(['parked', undefined, 'delayed']);
  await batchHandler(all, { redelivery, onBatchEnd })(event);
  expect(logged()).toEqual([
    "1 of 3 messages failed with 'Error: no', parked: a",
    "1 of 3 messages failed with 'Error: no', redelivered: b",
  ]);
  expect(console.warn).toHaveBeenCalledExactlyOnceWith('1 of 3 messages were not started, delayed: c');
  expect(onBatchEnd).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({
      outcomes: [failed, failed, notStarted],
      fates: ['parked', undefined, 'delayed'],
    }),
  );
});

it('must be a function', () => {
  expect(() => batchHandler(technique, { redelivery: {} as Redelivery })).toThrow(
    new InvalidOptionError('redelivery must be a function, not {}.'),
  );
});
