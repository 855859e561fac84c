import { describe, expect, it } from 'vitest';

import { DynamoDbStream } from '../src/dynamodb/dynamodb-stream.ts';
import type { EventSource, InvocationResult } from '../src/event-source.ts';
import { KafkaTopics } from '../src/kafka/kafka-topics.ts';
import { KinesisStream } from '../src/kinesis/kinesis-stream.ts';
import { SqsQueue } from '../src/sqs/sqs-queue.ts';
import { failing } from './failing.ts';

/** Each source with five messages in one batch, and how a response names a message of it. */
const sources = {
  SQS: (reportBatchItemFailures: boolean) => {
    const queue = new SqsQueue({ reportBatchItemFailures });
    return { source: queue, ids: five((text) => queue.send({ body: text }, 0)), name: same };
  },
  'SQS FIFO': (reportBatchItemFailures: boolean) => {
    const queue = new SqsQueue({ reportBatchItemFailures, fifo: true });
    const ids = five((text) => queue.send({ body: text, messageGroupId: 'group' }, 0));
    return { source: queue, ids, name: same };
  },
  Kinesis: (reportBatchItemFailures: boolean) => {
    const stream = new KinesisStream({ reportBatchItemFailures });
    return { source: stream, ids: five((data) => stream.put({ partitionKey: 'key', data }, 0)), name: same };
  },
  'DynamoDB Streams': (reportBatchItemFailures: boolean) => {
    const stream = new DynamoDbStream({ reportBatchItemFailures });
    return { source: stream, ids: five((S) => stream.put({ keys: { id: { S } } }, 0)), name: same };
  },
  Kafka: (reportBatchItemFailures: boolean) => {
    const topics = new KafkaTopics({ reportBatchItemFailures });
    return { source: topics, ids: five((value) => topics.produce({ value }, 0)), name: asKafka };
  },
};

const names = Object.keys(sources) as (keyof typeof sources)[];

describe.each(names)('a batch of %s', (sourceName) => {
  /** Returns which of the five messages, by their number, are redelivered after that response. */
  function again(
    answer: (name: (index: number) => unknown) => InvocationResult,
    reportBatchItemFailures = true,
  ): readonly number[] {
    const { source, ids, name } = sources[sourceName](reportBatchItemFailures);
    const event: EventSource = source;
    const delivery = event.next(0);
    if (!delivery) throw new Error('The source gave no batch');
    expect(delivery.messageIds).toEqual(ids);
    event.settle(
      delivery,
      answer((index) => name(ids[index] ?? '')),
      1,
    );
    return (event.next(30_000)?.messageIds ?? []).map((id) => ids.indexOf(id));
  }

  const everything = [0, 1, 2, 3, 4];
  const answering = (payload: unknown) => () => ({ kind: 'response', payload }) as const;

  it.each([
    ['an empty list', { batchItemFailures: [] }],
    ['a null list', { batchItemFailures: null }],
    ['an empty response', {}],
    ['a null response', null],
    ['no response', undefined],
    ['a list under a wrong top-level key', { batchItemFailure: [{ itemIdentifier: 'x' }] }],
    ['a text', 'done'],
  ])('is done after %s', (_, payload) => {
    expect(again(answering(payload))).toEqual([]);
  });

  it.each([
    ['empty', ''],
    ['null', null],
    ['missing', undefined],
    ['a number', 1],
    ['not in the batch', 'unknown'],
    ['an object', { partition: 'topic-0', offset: 99 }],
    ['an object with null fields', { partition: null, offset: null }],
  ])('is redelivered as a whole after an identifier that is %s', (_, identifier) => {
    expect(again(() => failing(identifier))).toEqual(everything);
    expect(again((name) => failing(name(4), identifier))).toEqual(everything);
  });

  it('is redelivered as a whole after an identifier under a wrong key', () => {
    const underId = (name: (index: number) => unknown) => ({ batchItemFailures: [{ id: name(4) }] });
    expect(again((name) => ({ kind: 'response', payload: underId(name) }))).toEqual(everything);
  });

  it.each([
    ['a text', 'x'],
    ['an object', { itemIdentifier: 'x' }],
    ['a list of texts', ['x']],
    ['a list with null', [null]],
  ])('is redelivered as a whole after a list that is %s', (_, batchItemFailures) => {
    expect(again(answering({ batchItemFailures }))).toEqual(everything);
  });

  it.each(['error', 'timeout', 'killed'] as const)('is redelivered as a whole after: %s', (kind) => {
    expect(again(() => ({ kind }))).toEqual(everything);
  });

  it('is redelivered in part after an identifier, however often it is reported', () => {
    const part = sourceName === 'Kinesis' || sourceName === 'DynamoDB Streams' ? [2, 3, 4] : [2];
    expect(again((name) => failing(name(2)))).toEqual(part);
    expect(again((name) => failing(name(2), name(2)))).toEqual(part);
  });

  it('is redelivered in part after several identifiers in any order: of a stream, from the lowest on', () => {
    const part = sourceName === 'Kinesis' || sourceName === 'DynamoDB Streams' ? [1, 2, 3, 4] : [1, 3];
    expect(again((name) => failing(name(3), name(1)))).toEqual(part);
  });

  it('without ReportBatchItemFailures, is deleted after any response and redelivered after an error', () => {
    expect(again((name) => failing(name(0)), false)).toEqual([]);
    expect(again(() => failing(''), false)).toEqual([]);
    expect(again(() => ({ kind: 'error' }), false)).toEqual(everything);
  });

  it('is settled once', () => {
    const source: EventSource = sources[sourceName](true).source;
    const delivery = source.next(0);
    if (!delivery) throw new Error('The source gave no batch');
    source.settle(delivery, { kind: 'error' }, 1);
    expect(() => {
      source.settle(delivery, { kind: 'error' }, 1);
    }).toThrow('has been settled');
  });
});

function five(send: (text: string) => string): readonly string[] {
  return ['a', 'b', 'c', 'd', 'e'].map(send);
}

function same(id: string): unknown {
  return id;
}

function asKafka(id: string): unknown {
  const [partition, offset] = id.split('@');
  return { partition, offset: Number(offset) };
}
