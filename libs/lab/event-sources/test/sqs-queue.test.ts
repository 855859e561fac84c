import { describe, expect, it } from 'vitest';

import type { SqsQueueOptions } from '../src/sqs/sqs-options.ts';
import { SqsQueue } from '../src/sqs/sqs-queue.ts';
import { bodies } from './bodies.ts';
import { failing, succeeding } from './failing.ts';
import { taken } from './taken.ts';

describe('a standard queue', () => {
  it('delivers batches of the batch size until nothing is visible', () => {
    const queue = queueOf(['a', 'b', 'c', 'd', 'e'], { batchSize: 2 });
    expect([queue.next(0), queue.next(0), queue.next(0), queue.next(0)].map(bodies)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e'],
      [],
    ]);
  });

  it('hands a message out again when its visibility timeout ends, not earlier, and counts the receives', () => {
    const queue = queueOf(['a'], { visibilityTimeoutMs: 1000 });
    const first = taken(queue.next(500));
    queue.settle(first, { kind: 'error' }, 600);
    expect(queue.wakeAtMs).toBe(1500);
    expect(queue.next(1499)).toBeUndefined();
    const second = taken(queue.next(1500));
    expect(first.event.Records[0]?.attributes.ApproximateReceiveCount).toBe('1');
    expect(second.event.Records[0]?.attributes).toMatchObject({
      ApproximateReceiveCount: '2',
      ApproximateFirstReceiveTimestamp: '500',
      SentTimestamp: '0',
    });
    expect(queue.deliveries).toEqual(new Map([[second.messageIds[0], 2]]));
  });

  it('is done when the last message has been deleted', () => {
    const queue = queueOf(['a', 'b']);
    const delivery = taken(queue.next(0));
    queue.settle(delivery, failing(delivery.messageIds[1]), 1);
    expect(queue.done).toBe(false);
    queue.settle(taken(queue.next(30_000)), succeeding, 30_001);
    expect(queue.done).toBe(true);
    expect(queue.wakeAtMs).toBeUndefined();
  });

  it('makes a message a dead letter when it has been received too often, and only that one', () => {
    const queue = queueOf(['good', 'bad'], { maxReceiveCount: 2, visibilityTimeoutMs: 100 });
    const bad = taken(queue.next(0));
    queue.settle(bad, failing(bad.messageIds[1]), 1);
    queue.settle(taken(queue.next(100)), { kind: 'timeout' }, 150);
    expect(queue.next(200)).toBeUndefined();
    expect(queue.deadLetters).toEqual([{ messageId: bad.messageIds[1], reason: 'receives', atMs: 200 }]);
    expect(queue.done).toBe(true);
  });

  it('gives a message to another function when the visibility timeout ends during the work; the first deletes nothing', () => {
    const queue = queueOf(['a'], { visibilityTimeoutMs: 100 });
    const slow = taken(queue.next(0));
    const second = taken(queue.next(100));
    queue.settle(slow, succeeding, 110);
    expect(queue.done).toBe(false);
    queue.settle(second, { kind: 'killed' }, 120);
    expect(bodies(queue.next(200))).toEqual(['a']);
  });

  it('deletes nothing by an expired receipt, also without a receive in between', () => {
    const queue = queueOf(['a'], { visibilityTimeoutMs: 100 });
    queue.settle(taken(queue.next(0)), succeeding, 100);
    expect(bodies(queue.next(100))).toEqual(['a']);
  });

  it('delivers a message twice in one batch if set, with a receipt and a count each, and deletes it once', () => {
    const queue = queueOf(['a', 'b'], { repeats: (id) => id.endsWith('0'), batchSize: 3 });
    const delivery = taken(queue.next(0));
    expect(bodies(delivery)).toEqual(['a', 'b', 'a']);
    expect(new Set(delivery.event.Records.map(({ receiptHandle }) => receiptHandle)).size).toBe(3);
    expect(delivery.event.Records[2]?.attributes.ApproximateReceiveCount).toBe('2');
    queue.settle(delivery, succeeding, 1);
    expect(queue.done).toBe(true);
  });

  it('repeats no message beyond its batch size or its receives', () => {
    const full = queueOf(['a', 'b'], { repeats: () => true, batchSize: 2 });
    expect(bodies(full.next(0))).toEqual(['a', 'b']);
    const last = queueOf(['a'], { repeats: () => true, maxReceiveCount: 1 });
    expect(bodies(last.next(0))).toEqual(['a']);
  });

  it('takes a message group for no order', () => {
    const queue = new SqsQueue({ batchSize: 1 });
    queue.send({ body: 'a', messageGroupId: 'g' }, 0);
    queue.send({ body: 'b', messageGroupId: 'g' }, 0);
    const attributes = taken(queue.next(0)).event.Records[0]?.attributes;
    expect(attributes).toMatchObject({ MessageGroupId: 'g' });
    expect(attributes).not.toHaveProperty('SequenceNumber');
    expect(bodies(queue.next(0))).toEqual(['b']);
  });

  it('keeps its events within the 6 MB of an invocation', () => {
    const queue = queueOf(Array.from({ length: 25 }, () => 'x'.repeat(1_000_000)));
    const sizes = [queue.next(0), queue.next(0)].map((delivery) => JSON.stringify(delivery?.event).length);
    for (const size of sizes) expect(size).toBeLessThanOrEqual(6_291_456);
    expect(sizes[0]).toBeGreaterThan(6_000_000);
  });

  it.each([
    { batchSize: 0 },
    { batchSize: 10_001 },
    { batchSize: 1.5 },
    { fifo: true, batchSize: 11 },
    { visibilityTimeoutMs: -1 },
    { maxReceiveCount: 0 },
    { maxReceiveCount: NaN },
  ])('refuses %j', (options) => {
    expect(() => new SqsQueue(options)).toThrow(RangeError);
  });
});

function queueOf(texts: readonly string[], options: SqsQueueOptions = {}): SqsQueue {
  const queue = new SqsQueue(options);
  for (const body of texts) queue.send({ body }, 0);
  return queue;
}
