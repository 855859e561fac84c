import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Delivery } from '../src/event-source.ts';
import type { SqsEvent } from '../src/sqs/sqs-event.ts';
import type { SqsQueueOptions } from '../src/sqs/sqs-options.ts';
import { SqsQueue } from '../src/sqs/sqs-queue.ts';
import { bodies } from './bodies.ts';
import { failing } from './failing.ts';
import { seeded } from './seeded.ts';
import { taken } from './taken.ts';

describe('the visibility timeout of a message', () => {
  it('ends later for a message that is delayed, and earlier for one that is retried immediately', () => {
    const queue = queueOf(['later', 'usual', 'immediately'], { visibilityTimeoutMs: 1_000 });
    const delivery = taken(queue.next(0));
    queue.settle(delivery, failing(...delivery.messageIds), 10);
    expect(queue.changeVisibility(handle(delivery, 0), 5_000, 10)).toBe(true);
    expect(queue.changeVisibility(handle(delivery, 2), 0, 10)).toBe(true);
    expect(bodies(queue.next(10))).toEqual(['immediately']);
    expect(queue.wakeAtMs).toBe(1_000);
    expect(bodies(queue.next(1_000))).toEqual(['usual']);
    expect(queue.next(1_009)).toBeUndefined();
    expect(bodies(queue.next(5_010))).toContain('later');
  });

  it('is not changed by a receipt handle of an earlier delivery, or of a deleted message', () => {
    const queue = queueOf(['a', 'b'], { visibilityTimeoutMs: 1_000 });
    const first = taken(queue.next(0));
    queue.settle(first, failing(first.messageIds[0]), 10);
    expect(queue.changeVisibility(handle(first, 1), 0, 20)).toBe(false);
    queue.next(1_000);
    expect(queue.changeVisibility(handle(first, 0), 0, 1_010)).toBe(false);
    expect(queue.next(1_010)).toBeUndefined();
  });

  it('does not delete a message by the response to an earlier delivery', () => {
    const queue = queueOf(['a'], { visibilityTimeoutMs: 1_000 });
    const first = taken(queue.next(0));
    queue.changeVisibility(handle(first, 0), 0, 10);
    const second = taken(queue.next(10));
    queue.settle(first, { kind: 'response', payload: null }, 20);
    expect(queue.done).toBe(false);
    queue.settle(second, { kind: 'response', payload: null }, 30);
    expect(queue.done).toBe(true);
  });

  it('keeps a group in order, however the timeouts of its messages differ', () => {
    const delays = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 });
    const property = fc.property(delays, (seconds) => {
      const queue = queueOf(['a', 'b', 'c', 'd', 'e'], { fifo: true });
      const delivery = taken(queue.next(0));
      queue.settle(delivery, { kind: 'error' }, 1);
      for (const [index, delay] of seconds.entries()) {
        queue.changeVisibility(handle(delivery, index), 1_000 * delay, 1);
      }
      const lastMs = 1_000 * Math.max(...seconds);
      for (let nowMs = 1; nowMs < lastMs; nowMs += 500) expect(queue.next(nowMs)).toBeUndefined();
      expect(bodies(queue.next(lastMs + 1))).toEqual(['a', 'b', 'c', 'd', 'e']);
    });
    fc.assert(property, seeded);
  });
});

function queueOf(texts: readonly string[], options: SqsQueueOptions): SqsQueue {
  const queue = new SqsQueue(options);
  for (const body of texts) queue.send({ body, ...(options.fifo && { messageGroupId: 'group' }) }, 0);
  return queue;
}

function handle({ event }: Delivery<SqsEvent>, index: number): string {
  return event.Records[index]?.receiptHandle ?? '';
}
