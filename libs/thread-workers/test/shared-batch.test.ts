import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { boardStatus, SharedBatch } from '../src/shared-batch.ts';

const message = (id: string, text: string, receiveCount?: number) => ({ id, text, receiveCount });

describe('a batch in shared memory', () => {
  it('gives every message back as it was, whatever characters it has', () => {
    const texts = fc.array(fc.string({ unit: 'binary' }), { maxLength: 20 });
    fc.assert(
      fc.property(texts, fc.boolean(), (given, lone) => {
        const messages = given.map((text, index) =>
          message(`id ${index}`, lone ? `${text}\uD800` : text, index || undefined),
        );
        const shared = new SharedBatch(SharedBatch.of({ messages, lanes: [] }).buffer);
        const back = messages.map((_, position) => shared.message(position));
        expect(back).toEqual(messages);
      }),
      { seed: 20261123 },
    );
  });

  it('takes one byte a character where all are ASCII', () => {
    const { buffer } = SharedBatch.of({ messages: [message('a', 'x'.repeat(1000))], lanes: [[0]] });
    const wide = SharedBatch.of({ messages: [message('a', 'é'.repeat(1000))], lanes: [[0]] });
    expect(wide.buffer.byteLength - buffer.byteLength).toBe(1001);
  });

  it('hands out each lane once, in order, to all who claim', () => {
    const messages = ['a', 'b', 'c', 'd'].map((id) => message(id, ''));
    const shared = SharedBatch.of({ messages, lanes: [[0, 2], [1], [3]] });
    const other = new SharedBatch(shared.buffer);
    const positionsOf = (lane: number | undefined): number[] =>
      lane === undefined
        ? []
        : Array.from({ length: shared.endOf(lane) - shared.startOf(lane) }, (_, index) =>
            shared.positionAt(shared.startOf(lane) + index),
          );
    const claims = [shared.claim(), other.claim(), shared.claim(), other.claim(), shared.claim()];
    expect(claims.map(positionsOf)).toEqual([[0, 2], [1], [3], [], []]);
    expect(shared.lanesRemain).toBe(false);
  });

  it('tells who marked a message last, and takes back the successes of one task alone', () => {
    const messages = ['a', 'b', 'c', 'd'].map((id) => message(id, ''));
    const shared = SharedBatch.of({ messages, lanes: [] });
    shared.mark(0, 1, boardStatus.succeeded);
    shared.mark(1, 500, boardStatus.succeeded);
    shared.mark(2, 500, boardStatus.failed);
    shared.distrust(500);
    expect(messages.map((_, position) => shared.status(position))).toEqual([
      boardStatus.succeeded,
      boardStatus.started,
      boardStatus.failed,
      boardStatus.waiting,
    ]);
    expect(shared.task(1)).toBe(500);
  });

  it('shows a wind-up to everyone', () => {
    const shared = SharedBatch.of({ messages: [], lanes: [] });
    const other = new SharedBatch(shared.buffer);
    expect(other.woundUp).toBe(false);
    shared.windUp();
    expect(other.woundUp).toBe(true);
  });
});
