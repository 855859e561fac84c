import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { batchHandler, InvalidOptionError, type Technique } from '../../src/index.ts';
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
  it.each([
    [{ work: () => undefined }, 'The technique, such as promiseWorkers({ work }), must be a function, not {'],
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
    expect(await handler(eventOf('a'), lambda)).toEqual(redelivered());
    await handler(eventOf('a'), lambda);
    expect(vi.mocked(console.warn).mock.calls).toEqual([
      [expect.stringMatching(/^marginMs \(5000\) is more than half of the 3000 ms that remain/)],
    ]);
  });

  it.each([
    [1_000, { marginMs: 500 }, 0],
    [999, { marginMs: 500 }, 1],
    [-1, { marginMs: 500 }, 1],
    [1, { graceMs: 500 }, 0],
    [1, {}, 0],
  ])('warns with %d ms left and %o: %d times', async (remainingMs, options, times) => {
    await batchHandler(allSucceed, options)(eventOf('a'), { getRemainingTimeInMillis: () => remainingMs });
    expect(console.warn).toHaveBeenCalledTimes(times);
  });

  it('refuses a margin that is out of range while the function starts', () => {
    expect(() => batchHandler(allSucceed, { marginMs: -1 })).toThrow(InvalidOptionError);
  });
});
