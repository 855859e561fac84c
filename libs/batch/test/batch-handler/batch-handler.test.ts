import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { batchHandler, InvalidEventError, InvalidResponseError, type Technique } from '../../src/index.ts';
import { notStarted, succeeded } from '../../src/technique/index.ts';
import { kafkaEvent } from '../sources/kafka-event.ts';
import { allSucceed, eventOf, redelivered } from './events.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('the handler', () => {
  it('responds with the messages that did not succeed', async () => {
    const technique: Technique = () => Promise.resolve([succeeded, notStarted, succeeded]);
    expect(await batchHandler(technique)(eventOf('a', 'b', 'c'))).toEqual(redelivered('b'));
  });

  it('reports messages for which the technique has no outcome', async () => {
    const technique: Technique = () => Promise.resolve([succeeded]);
    expect(await batchHandler(technique)(eventOf('a', 'b', 'c'))).toEqual(redelivered('b', 'c'));
  });

  it('responds in time although the technique never settles', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const hanging: Technique = () => new Promise(() => undefined);
    const running = batchHandler(hanging)(eventOf('a', 'b'), { getRemainingTimeInMillis: () => 10_000 });
    await vi.advanceTimersByTimeAsync(9_875);
    expect(await running).toEqual(redelivered('a', 'b'));
    expect(console.error).toHaveBeenCalledWith('The technique did not end in time');
  });

  it('logs only the messages that did not succeed', async () => {
    const technique: Technique = () => Promise.resolve([succeeded, notStarted]);
    await batchHandler(technique)(eventOf('a', 'b'));
    await batchHandler(allSucceed)(eventOf('a', 'b'));
    expect(vi.mocked(console.warn).mock.calls).toEqual([
      ['1 of 2 messages were not started, redelivered: b'],
    ]);
    expect(console.error).not.toHaveBeenCalled();
  });

  it('logs to the configured logger instead of the console', async () => {
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
    expect(await handled).toEqual(redelivered(...ids));
    expect(Date.now()).toBeLessThan(timeoutMs);
  });

  it('rejects when the technique has more outcomes than there are messages', async () => {
    const technique: Technique = () => Promise.resolve([succeeded, succeeded]);
    await expect(batchHandler(technique)(eventOf('a'))).rejects.toThrow(InvalidResponseError);
  });

  it('rejects when the technique does, so that all messages are redelivered', async () => {
    const error = new Error('no thread could be started');
    await expect(batchHandler(() => Promise.reject(error))(eventOf('a'))).rejects.toBe(error);
    const throwing: Technique = () => {
      throw error;
    };
    await expect(batchHandler(throwing)(eventOf('a'))).rejects.toBe(error);
  });

  it('rejects an event that is not a batch, and does not call the technique', async () => {
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

  it('responds only after the turn in which Node.js reports unhandled rejections', async () => {
    const order: string[] = [];
    const technique: Technique = (batch, invocation) => {
      setImmediate(() => order.push('turn'));
      return allSucceed(batch, invocation);
    };
    await batchHandler(technique)(eventOf('a')).then(() => order.push('answer'));
    expect(order).toEqual(['turn', 'answer']);
  });
});
