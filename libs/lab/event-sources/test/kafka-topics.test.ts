import { describe, expect, it } from 'vitest';

import { KafkaTopics, type KafkaTopicsOptions } from '../src/kafka/kafka-topics.ts';
import { failing, succeeding } from './failing.ts';
import { taken } from './taken.ts';

describe('Kafka topics', () => {
  it('come in batches of several partitions, in order within each', () => {
    const topics = topicsOf([0, 0, 0, 1, 1], { batchSize: 4 });
    const { event, messageIds } = taken(topics.next(0));
    expect(Object.keys(event.records)).toEqual(['orders-0', 'orders-1']);
    expect(event.records['orders-0']?.map(({ offset }) => offset)).toEqual([0, 1]);
    expect(event.records['orders-1']?.map(({ offset }) => offset)).toEqual([0, 1]);
    expect(messageIds).toEqual(['orders-0@0', 'orders-1@0', 'orders-0@1', 'orders-1@1']);
  });

  it('count the offsets of each topic and partition', () => {
    const topics = new KafkaTopics();
    const produce = (topic: string, partition: number) =>
      topics.produce({ topic, partition, value: null }, 0);
    expect([produce('a', 0), produce('a', 1), produce('b', 0), produce('a', 0)]).toEqual([
      'a-0@0',
      'a-1@0',
      'b-0@0',
      'a-0@1',
    ]);
  });

  it('bring what was named again, alone and before anything later', () => {
    const topics = topicsOf([0, 0, 0, 1, 1], { batchSize: 4 });
    const named = { partition: 'orders-0', offset: 0 };
    topics.settle(taken(topics.next(0)), failing(named), 1);
    const again = taken(topics.next(1));
    expect(again.messageIds).toEqual(['orders-0@0']);
    expect(topics.next(1)).toBeUndefined();
    topics.settle(again, succeeding, 2);
    expect(taken(topics.next(2)).messageIds).toEqual(['orders-0@2']);
  });

  it.each([
    ['an offset as text', { partition: 'orders-0', offset: '0' }],
    ['a partition as number', { partition: 0, offset: 0 }],
    ['a partition that is not in the batch', { partition: 'orders-7', offset: 0 }],
    ['a text', 'orders-0-0'],
  ])('bring the whole batch again after an identifier that is %s', (_, identifier) => {
    const topics = topicsOf([0, 1]);
    topics.settle(taken(topics.next(0)), failing(identifier), 1);
    expect(taken(topics.next(1)).messageIds).toEqual(['orders-0@0', 'orders-1@0']);
  });

  it('have a batch in flight for each poller, none of a partition in two', () => {
    const topics = topicsOf([0, 1, 2, 0, 1, 2], { pollers: 2, batchSize: 2 });
    const [first, second, third] = [0, 0, 0].map(() => topics.next(0));
    expect(first?.messageIds).toEqual(['orders-0@0', 'orders-2@0']);
    expect(second?.messageIds).toEqual(['orders-1@0', 'orders-1@1']);
    expect(third).toBeUndefined();
  });

  it('give each poller its turn, though only one batch is in flight at a time', () => {
    const topics = topicsOf([0, 1, 0, 1], { pollers: 2, batchSize: 1 });
    const turns = [0, 1, 2, 3].map((atMs) => {
      const delivery = taken(topics.next(atMs));
      topics.settle(delivery, succeeding, atMs);
      return delivery.messageIds[0];
    });
    expect(turns).toEqual(['orders-0@0', 'orders-1@0', 'orders-0@1', 'orders-1@1']);
  });

  it('give a batch up when its retries are used up, and move on', () => {
    const topics = topicsOf([0, 0], { maximumRetries: 1, batchSize: 1 });
    for (const atMs of [0, 1]) topics.settle(taken(topics.next(atMs)), { kind: 'error' }, atMs);
    expect(topics.deadLetters).toEqual([{ messageId: 'orders-0@0', reason: 'retries', atMs: 1 }]);
    expect(taken(topics.next(2)).messageIds).toEqual(['orders-0@1']);
  });

  it.each([
    [true, 11],
    [false, 30],
  ])(
    'with an on-failure destination (%s) end retries without end after ten',
    (onFailureDestination, tries) => {
      const topics = topicsOf([0], { onFailureDestination });
      for (let tried = 0; tried < 30; tried += 1) {
        const delivery = topics.next(0);
        if (delivery) topics.settle(delivery, { kind: 'error' }, 0);
      }
      expect(topics.deliveries.get('orders-0@0')).toBe(tries);
      expect(topics.done).toBe(onFailureDestination);
    },
  );

  it('split a batch that failed in halves where they bisect', () => {
    const topics = topicsOf([0, 0, 0], { bisectBatchOnFunctionError: true });
    topics.settle(taken(topics.next(0)), { kind: 'error' }, 0);
    const half = taken(topics.next(0));
    expect(half.messageIds).toEqual(['orders-0@0', 'orders-0@1']);
    topics.settle(half, succeeding, 0);
    expect(taken(topics.next(0)).messageIds).toEqual(['orders-0@2']);
  });

  it.each([{ batchSize: 0 }, { pollers: 0 }, { maximumRetries: -2 }])('refuse %j', (options) => {
    expect(() => new KafkaTopics(options)).toThrow(RangeError);
  });

  it('refuse a partition below 0', () => {
    expect(() => new KafkaTopics().produce({ value: 'x', partition: -1 }, 0)).toThrow(RangeError);
  });
});

/** Topics with a record in each of these partitions of `orders`. */
function topicsOf(partitions: readonly number[], options: KafkaTopicsOptions = {}): KafkaTopics {
  const topics = new KafkaTopics(options);
  for (const partition of partitions) topics.produce({ topic: 'orders', partition, value: 'x' }, 0);
  return topics;
}
