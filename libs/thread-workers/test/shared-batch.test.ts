import type { Batch } from '@parallel-lambda/batch/technique';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { FAILED, STARTED, SUCCEEDED, WAITING, partsOf, SharedBatch } from '../src/shared/shared-batch.ts';
import { ThreadBatch } from '../src/thread/thread-batch.ts';
import { batchOf, streamOf } from './batch-of.ts';

const noRecords = { at: () => undefined };

/** Returns a shared batch as a thread sees it. */
const inThread = (batch: Batch, { buffer } = SharedBatch.of(batch)): ThreadBatch =>
  new ThreadBatch(buffer, batch.source, noRecords);

describe('a batch in shared memory', () => {
  it('returns every message unchanged, whatever characters it has', () => {
    const texts = fc.array(fc.string({ unit: 'binary' }), { maxLength: 20 });
    fc.assert(
      fc.property(texts, fc.boolean(), (given, lone) => {
        const batch = batchOf(given.map((text) => (lone ? `${text}\uD800` : text)));
        const shared = inThread(batch);
        const back = batch.messages.map((_, position) => shared.message(position));
        const seen = ({ id, text, receiveCount }: (typeof back)[number]) => ({ id, text, receiveCount });
        expect(back.map(seen)).toEqual(batch.messages.map(seen));
      }),
      { seed: 20261123 },
    );
  });

  it('returns long texts of which only one has other characters than ASCII', () => {
    const texts = ['x'.repeat(5000), 'é', 'y'.repeat(5000), '\uD800', 'z'.repeat(5000)];
    const shared = inThread(batchOf(texts));
    expect(texts.map((_, position) => shared.message(position).text)).toEqual(texts);
  });

  it('takes one byte per character if all are ASCII', () => {
    const bytes = (text: string): number => partsOf(SharedBatch.of(batchOf([text])).buffer)[7].length;
    expect(bytes('é'.repeat(1000)) - bytes('x'.repeat(1000))).toBe(1002);
  });

  it('contains no data of the batch that used its memory before', () => {
    const before = inThread(streamOf(['a', 'b', 'ć'.repeat(100)]));
    before.claim();
    before.mark(0, 1, SUCCEEDED);
    before.holdUp(0);
    before.stopEarly();
    const batch = streamOf(['d', 'e']);
    const shared = inThread(batch, SharedBatch.of(batch, before.buffer));
    expect(shared.buffer).toBe(before.buffer);
    expect([shared.stoppedEarly, shared.claim(), shared.mayStart(1)]).toEqual([
      false,
      Int32Array.of(0),
      true,
    ]);
    expect([shared.status(0), shared.task(0)]).toEqual([WAITING, 0]);
    expect(batch.messages.map((_, position) => shared.message(position).text)).toEqual(['d', 'e']);
  });

  it('takes new memory if the reused memory is too small', () => {
    const { buffer } = SharedBatch.of(batchOf(['a']));
    const shared = inThread(
      batchOf(['x'.repeat(10_000)]),
      SharedBatch.of(batchOf(['x'.repeat(10_000)]), buffer),
    );
    expect(shared.message(0).text).toBe('x'.repeat(10_000));
  });

  it('gives each lane to one claim, in order', () => {
    const batch = { ...batchOf(['a', 'b', 'c', 'd']), lanes: [[0, 2], [1], [3]] };
    const shared = inThread(batch);
    const other = inThread(batch, shared);
    const claims = [shared.claim(), other.claim(), shared.claim(), other.claim(), shared.claim()];
    expect(claims.map((lane) => [...(lane ?? [])])).toEqual([[0, 2], [1], [3], [], []]);
    expect(shared.lanesRemain).toBe(false);
  });

  it('gives each thread the lanes of whole groups, once one has the size of a group', () => {
    const shared = inThread(batchOf(Array.from({ length: 11 }, String)));
    const other = inThread(batchOf([]), shared);
    const claims = (from: ThreadBatch, count: number) =>
      Array.from({ length: count }, () => from.claim()?.[0]);
    expect([claims(shared, 1), claims(other, 1)]).toEqual([[0], [1]]);
    shared.gather(3);
    // The rest of a group, then whole groups.
    expect(claims(other, 3)).toEqual([4, 5, 6]);
    expect(claims(shared, 3)).toEqual([2, 3, 9]);
    expect(claims(other, 3)).toEqual([7, 8, undefined]);
    expect([other.lanesRemain, shared.lanesRemain]).toEqual([false, true]);
    expect(claims(shared, 2)).toEqual([10, undefined]);
    expect(shared.lanesRemain).toBe(false);
  });

  it('claims no lane for a group that is complete', () => {
    const shared = inThread(batchOf(['a', 'b']));
    const other = inThread(batchOf([]), shared);
    shared.claim();
    shared.gather(1);
    expect(other.claim()?.[0]).toBe(1);
  });

  it('gives no more lanes of a group once the batch stops early', () => {
    const shared = inThread(batchOf(['a', 'b', 'c']));
    shared.claim();
    shared.gather(3);
    shared.stopEarly();
    expect([shared.lanesRemain, shared.claim()]).toEqual([false, undefined]);
  });

  it('records the last task of a message, and revokes the successes of one task only', () => {
    const { messages, ...batch } = batchOf(['a', 'b', 'c', 'd']);
    const shared = inThread({ ...batch, messages });
    shared.mark(0, 1, SUCCEEDED);
    shared.mark(1, 500, SUCCEEDED);
    shared.mark(2, 500, FAILED);
    shared.distrust(500);
    expect(messages.map((_, position) => shared.status(position))).toEqual([
      SUCCEEDED,
      STARTED,
      FAILED,
      WAITING,
    ]);
    expect(shared.task(1)).toBe(500);
  });

  it('stops early for all threads', () => {
    const batch = batchOf([]);
    const shared = SharedBatch.of(batch);
    const other = inThread(batch, shared);
    expect(other.stoppedEarly).toBe(false);
    shared.stopEarly();
    expect(other.stoppedEarly).toBe(true);
  });

  it('starts nothing after the first failure if the source keeps a checkpoint', () => {
    const shared = inThread(streamOf(['a', 'b', 'c', 'd', 'e']));
    shared.holdUp(3);
    shared.holdUp(1);
    shared.holdUp(2);
    expect([0, 1, 2, 3, 4].map((position) => shared.mayStart(position))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('starts everything if the source redelivers single messages', () => {
    const shared = inThread(batchOf(['a', 'b']));
    shared.holdUp(0);
    expect(shared.mayStart(1)).toBe(true);
  });

  it('has a checkpoint at the first message in flight of a lost thread, not at its finished messages', () => {
    const shared = inThread(streamOf(['a', 'b', 'c', 'd']));
    shared.mark(0, 7, SUCCEEDED);
    shared.mark(2, 7, STARTED);
    shared.mark(1, 8, STARTED);
    shared.lose(7);
    expect([0, 1, 2, 3].map((position) => shared.mayStart(position))).toEqual([true, true, true, false]);
  });
});
