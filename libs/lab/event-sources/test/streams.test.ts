import { describe, expect, it } from 'vitest';

import { DynamoDbStream } from '../src/dynamodb/dynamodb-stream.ts';
import type { Delivery } from '../src/event-source.ts';
import { KinesisStream } from '../src/kinesis/kinesis-stream.ts';
import type { StreamSource } from '../src/polled/discarded-batch.ts';
import type { StreamOptions } from '../src/polled/stream-options.ts';
import { failing, succeeding } from './failing.ts';
import { taken } from './taken.ts';

interface Stream {
  readonly source: StreamSource;
  put(key: string, text: string): void;
  /** The letters that were put, for a batch's identifiers. */
  readonly letters: (delivery: Delivery | undefined) => string;
  /** A letter's sequence number. */
  readonly idOf: (letter: string) => string;
}

const streams = {
  Kinesis(options: StreamOptions): Stream {
    const stream = new KinesisStream(options);
    return lettered(stream, (partitionKey, data) => stream.put({ partitionKey, data }, 0));
  },
  'DynamoDB Streams'(options: StreamOptions): Stream {
    const stream = new DynamoDbStream(options);
    return lettered(stream, (key, text) =>
      stream.put({ keys: { id: { S: key } }, newImage: { body: { S: text } } }, 0),
    );
  },
};

describe.each(Object.keys(streams) as (keyof typeof streams)[])('a shard of %s', (name) => {
  /** A stream with a record for each letter, all of one key. */
  function streamOf(letters: string, options: StreamOptions = {}): Stream {
    const stream = streams[name](options);
    for (const letter of letters) stream.put('key', letter);
    return stream;
  }

  it('is delivered in order, one batch at a time', () => {
    const { source, letters } = streamOf('abcde', { batchSize: 2 });
    const first = taken(source.next(0));
    expect(letters(first)).toBe('ab');
    expect(source.next(0)).toBeUndefined();
    source.settle(first, succeeding, 1);
    expect(letters(source.next(1))).toBe('cd');
  });

  it('is held up by a batch that failed, until it succeeds', () => {
    const { source, letters } = streamOf('abc', { batchSize: 2 });
    for (let tried = 0; tried < 50; tried += 1) {
      const delivery = taken(source.next(tried));
      expect(letters(delivery)).toBe('ab');
      source.settle(delivery, { kind: 'error' }, tried);
    }
    source.settle(taken(source.next(50)), succeeding, 50);
    expect(letters(source.next(51))).toBe('c');
    expect(source.deadLetters).toEqual([]);
  });

  it('is not held up by another shard', () => {
    const stream = streams[name]({ shards: 8, batchSize: 1 });
    for (const key of 'abcdefghijklmnop') stream.put(key, key);
    const inFlight = [];
    for (let next = stream.source.next(0); next; next = stream.source.next(0)) inFlight.push(next);
    expect(inFlight.length).toBeGreaterThan(1);
    expect(inFlight.length).toBeLessThanOrEqual(8);
  });

  it('is delivered in as many concurrent batches as the parallelization factor, each key in one of them', () => {
    const stream = streams[name]({ parallelizationFactor: 2, batchSize: 100 });
    for (const round of [1, 2, 3]) for (const key of 'abcdefgh') stream.put(key, `${key}${round}`);
    const [first, second, third] = [0, 0, 0].map(() => stream.source.next(0));
    expect(third).toBeUndefined();
    const keys = [first, second].map((delivery) => [...new Set(keysOf(stream.letters(delivery)))]);
    expect(keys.every((some) => some.length > 0)).toBe(true);
    expect(keys.flat().sort().join('')).toBe('abcdefgh');
  });

  it('gives a batch up when its retries are used up, and moves on', () => {
    const { source, letters, idOf } = streamOf('abc', { batchSize: 2, maximumRetries: 2 });
    for (const atMs of [0, 1, 2]) source.settle(taken(source.next(atMs)), { kind: 'timeout' }, atMs);
    expect(source.deadLetters).toEqual([
      { messageId: idOf('a'), reason: 'retries', atMs: 2 },
      { messageId: idOf('b'), reason: 'retries', atMs: 2 },
    ]);
    expect(letters(source.next(3))).toBe('c');
    expect(source.deliveries.get(idOf('a'))).toBe(3);
  });

  it('counts a retry from the checkpoint as a retry', () => {
    const { source, letters, idOf } = streamOf('abcd', { maximumRetries: 1 });
    source.settle(taken(source.next(0)), failing(idOf('b')), 0);
    const retried = taken(source.next(1));
    expect(letters(retried)).toBe('bcd');
    source.settle(retried, failing(idOf('d')), 1);
    expect(source.deadLetters.map(({ messageId }) => messageId)).toEqual([idOf('d')]);
    expect(source.done).toBe(true);
  });

  it('retries a failed batch in halves, in order, and discards the one record that keeps failing', () => {
    const { source, letters, idOf } = streamOf('abcde', {
      bisectBatchOnFunctionError: true,
      maximumRetries: 0,
    });
    const tried: string[] = [];
    for (let delivery = source.next(0); delivery; delivery = source.next(0)) {
      tried.push(letters(delivery));
      source.settle(delivery, letters(delivery).includes('d') ? { kind: 'error' } : succeeding, 0);
    }
    expect(tried).toEqual(['abcde', 'abc', 'de', 'd', 'e']);
    expect(source.deadLetters.map(({ messageId }) => messageId)).toEqual([idOf('d')]);
    expect(source.done).toBe(true);
  });

  it('splits at the returned sequence number where it bisects, in halves at the first record, at no cost', () => {
    const { source, letters, idOf } = streamOf('abcdef', {
      bisectBatchOnFunctionError: true,
      maximumRetries: 0,
    });
    const tried: string[] = [];
    for (let delivery = source.next(0); delivery; delivery = source.next(0)) {
      tried.push(letters(delivery));
      source.settle(delivery, letters(delivery).includes('c') ? failing(idOf('c')) : succeeding, 0);
    }
    expect(tried).toEqual(['abcdef', 'cdef', 'cd', 'c', 'd', 'ef']);
    expect(source.deadLetters.map(({ messageId }) => messageId)).toEqual([idOf('c')]);
  });

  it('discards a record that is too old, before the first delivery or a later one', () => {
    const { source, idOf } = streamOf('ab', { maximumRecordAgeMs: 60_000, batchSize: 1 });
    source.settle(taken(source.next(60_000)), { kind: 'error' }, 60_001);
    expect(source.next(60_001)).toBeUndefined();
    expect(source.deadLetters).toEqual([
      { messageId: idOf('a'), reason: 'age', atMs: 60_001 },
      { messageId: idOf('b'), reason: 'age', atMs: 60_001 },
    ]);
    expect(source.done).toBe(true);
  });

  it('waits before a retry if set', () => {
    const { source, letters } = streamOf('a', { retryDelayMs: 500 });
    source.settle(taken(source.next(0)), { kind: 'killed' }, 100);
    expect(source.next(599)).toBeUndefined();
    expect(source.wakeAtMs).toBe(600);
    expect(letters(source.next(600))).toBe('a');
    expect(source.wakeAtMs).toBeUndefined();
  });

  it('waits for its window while it is not full, from the first record on', () => {
    const stream = streams[name]({ batchSize: 3, windowMs: 1_000 });
    stream.put('key', 'a');
    expect(stream.source.next(100)).toBeUndefined();
    expect(stream.source.wakeAtMs).toBe(1_100);
    stream.put('key', 'b');
    expect(stream.source.next(1_099)).toBeUndefined();
    expect(stream.source.done).toBe(false);
    const first = taken(stream.source.next(1_100));
    expect(stream.letters(first)).toBe('ab');
    for (const letter of 'cdef') stream.put('key', letter);
    stream.source.settle(first, succeeding, 1_200);
    const full = taken(stream.source.next(1_200));
    expect(stream.letters(full)).toBe('cde');
    // What failed does not wait for more.
    stream.source.settle(full, { kind: 'error' }, 1_300);
    expect(stream.letters(stream.source.next(1_300))).toBe('cde');
  });

  it('reports a discarded batch with shard, tries and result', () => {
    const source = streams[name]({ batchSize: 2, maximumRetries: 1 });
    for (const letter of 'ab') source.put('key', letter);
    const error = { kind: 'error' } as const;
    for (const atMs of [1, 2]) source.source.settle(taken(source.source.next(atMs)), error, atMs);
    expect(source.source.discarded).toMatchObject([
      {
        records: ['a', 'b'].map((letter) => ({ id: source.idOf(letter), place: 'shardId-000000000000' })),
        reason: 'retries',
        atMs: 2,
        invocations: 2,
      },
    ]);
    expect(source.source.discarded[0]?.result).toBe(error);
  });

  it.each([
    { batchSize: 0 },
    { windowMs: 300_001 },
    { shards: 0 },
    { parallelizationFactor: 11 },
    { maximumRetries: -2 },
    { maximumRetries: 10_001 },
    { maximumRecordAgeMs: 59_999 },
    { retryDelayMs: -1 },
  ])('refuses %j', (options) => {
    expect(() => streams[name](options)).toThrow(RangeError);
  });
});

function lettered(source: StreamSource, put: (key: string, text: string) => string): Stream {
  const lettersById = new Map<string, string>();
  return {
    source,
    put: (key, text) => void lettersById.set(put(key, text), text),
    letters: (delivery) => (delivery?.messageIds ?? []).map((id) => lettersById.get(id)).join(''),
    idOf: (letter) => [...lettersById].find(([, text]) => text === letter)?.[0] ?? '',
  };
}

function keysOf(letters: string): readonly string[] {
  return letters.match(/[a-z]/g) ?? [];
}
