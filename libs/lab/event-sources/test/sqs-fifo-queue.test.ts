import { describe, expect, it } from 'vitest';

import type { SqsQueueOptions } from '../src/sqs/sqs-options.ts';
import { SqsQueue } from '../src/sqs/sqs-queue.ts';
import { bodies } from './bodies.ts';
import { failing, succeeding } from './failing.ts';
import { taken } from './taken.ts';

describe('a FIFO queue', () => {
  it('delivers as many messages of a group as it has, then of the next group', () => {
    const queue = queueOf(['a1', 'b1', 'a2', 'c1', 'b2', 'a3']);
    expect(bodies(queue.next(0))).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'c1']);
  });

  it('has the group, sequence number and queue of each message', () => {
    const queue = queueOf(['a1', 'a2']);
    const records = taken(queue.next(0)).event.Records;
    expect(records[0]).toMatchObject({
      attributes: {
        MessageGroupId: 'a',
        SequenceNumber: '18849496460467696128',
        MessageDeduplicationId: '00000000-0000-4000-8000-000000000000',
      },
      eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:lab.fifo',
    });
    expect(records[1]?.attributes).toMatchObject({ SequenceNumber: '18849496460467696129' });
  });

  it('gives no further batch of a group while messages of it are in flight; other groups continue', () => {
    const queue = queueOf(['a1', 'a2', 'a3', 'b1'], { batchSize: 2 });
    const first = taken(queue.next(0));
    expect(bodies(first)).toEqual(['a1', 'a2']);
    expect(bodies(queue.next(0))).toEqual(['b1']);
    expect(queue.next(0)).toBeUndefined();
    queue.send({ body: 'a4', messageGroupId: 'a' }, 1);
    expect(queue.next(1)).toBeUndefined();
    queue.settle(first, succeeding, 2);
    expect(bodies(queue.next(2))).toEqual(['a3', 'a4']);
  });

  it('holds a message back that is sent to a group while all of the group is in flight', () => {
    const queue = queueOf(['a1']);
    const first = taken(queue.next(0));
    queue.send({ body: 'a2', messageGroupId: 'a' }, 1);
    expect(queue.next(1)).toBeUndefined();
    queue.settle(first, succeeding, 2);
    expect(bodies(queue.next(2))).toEqual(['a2']);
  });

  it('opens a group immediately when its part of a batch is deleted, though another part failed', () => {
    const queue = queueOf(['a1', 'a2', 'b1', 'b2', 'b3'], { batchSize: 4 });
    const first = taken(queue.next(0));
    queue.settle(first, failing(first.messageIds[0]), 1);
    expect(bodies(queue.next(1))).toEqual(['b3']);
  });

  it('delivers failed messages before waiting ones, in order, when they are visible again', () => {
    const queue = queueOf(['a1', 'a2', 'a3', 'a4', 'a5'], { batchSize: 3, visibilityTimeoutMs: 100 });
    const first = taken(queue.next(0));
    queue.settle(first, failing(first.messageIds[2], first.messageIds[1]), 50);
    expect(queue.next(99)).toBeUndefined();
    expect(bodies(queue.next(100))).toEqual(['a2', 'a3', 'a4']);
  });

  it('continues with a group when its first message has become a dead letter', () => {
    const queue = queueOf(['a1', 'a2'], { maxReceiveCount: 1, batchSize: 1, visibilityTimeoutMs: 100 });
    queue.settle(taken(queue.next(0)), { kind: 'error' }, 1);
    expect(bodies(queue.next(100))).toEqual(['a2']);
    expect(queue.deadLetters).toHaveLength(1);
  });

  it('discards an empty group, and creates it again', () => {
    const queue = queueOf(['a1']);
    queue.settle(taken(queue.next(0)), succeeding, 1);
    expect(queue.done).toBe(true);
    queue.send({ body: 'a2', messageGroupId: 'a' }, 2);
    expect(bodies(queue.next(2))).toEqual(['a2']);
  });

  it.each([undefined, ''])('takes no message with %j as its group', (messageGroupId) => {
    const queue = new SqsQueue({ fifo: true });
    const message = { body: 'x', ...(messageGroupId !== undefined && { messageGroupId }) };
    expect(() => queue.send(message, 0)).toThrow(TypeError);
  });
});

/** A FIFO queue with messages whose group is their first letter. */
function queueOf(texts: readonly string[], options: SqsQueueOptions = {}): SqsQueue {
  const queue = new SqsQueue({ fifo: true, ...options });
  for (const body of texts) queue.send({ body, messageGroupId: body.slice(0, 1) }, 0);
  return queue;
}
