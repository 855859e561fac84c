import { describe, expect, it } from 'vitest';

import { InvalidResponseError, type Outcome } from '../src/index.ts';
import { checkResponse } from '../src/respond.ts';
import { abandoned, notStarted, readBatch, respond, interrupted, succeeded } from '../src/technique/index.ts';
import { batchOf } from './batch-of.ts';
import { dynamoDbRecord } from './sources/dynamodb-record.ts';
import { kafkaEvent } from './sources/kafka-event.ts';
import { kinesisRecord } from './sources/kinesis-record.ts';

const failed: Outcome = { status: 'failed', error: new Error('failed') };
const again = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('the response', () => {
  it('is empty when every message has succeeded', () => {
    expect(respond(batchOf('a', 'b'), [succeeded, succeeded])).toEqual(again());
    expect(respond(batchOf(), [])).toEqual(again());
  });

  it('names every message that has not succeeded, in the order of the batch', () => {
    const outcomes = [notStarted, succeeded, failed, abandoned, interrupted];
    expect(respond(batchOf('a', 'b', 'c', 'd', 'e'), outcomes)).toEqual(again('a', 'c', 'd', 'e'));
  });

  it('names a message without an outcome', () => {
    expect(respond(batchOf('a', 'b', 'c'), [succeeded])).toEqual(again('b', 'c'));
  });

  it.each([undefined, null, 'succeeded', true, {}, { status: 'done' }, ['succeeded']])(
    'names a message of which the outcome is %o',
    (unknown) => {
      expect(respond(batchOf('a', 'b'), [unknown as unknown as Outcome, succeeded])).toEqual(again('a'));
    },
  );

  it.each([[undefined], [null], ['succeeded'], [{ 0: succeeded, length: 1 }], [[succeeded, succeeded]]])(
    'is refused when the outcomes of one message are %o',
    (outcomes) => {
      expect(() => respond(batchOf('a'), outcomes as readonly Outcome[])).toThrow(InvalidResponseError);
    },
  );
});

describe('the response to a stream', () => {
  const streams = [
    ['Kinesis', readBatch({ Records: ['1', '2', '3', '4'].map((id) => kinesisRecord(id)) })],
    ['DynamoDB Streams', readBatch({ Records: ['1', '2', '3', '4'].map((id) => dynamoDbRecord(id)) })],
  ] as const;

  it.each(streams)('of %s names the first message that did not succeed, and that alone', (_, batch) => {
    expect(respond(batch, [succeeded, failed, succeeded, failed])).toEqual(again('2'));
    expect(respond(batch, [succeeded, succeeded, notStarted, failed])).toEqual(again('3'));
    expect(respond(batch, [abandoned, interrupted, succeeded, succeeded])).toEqual(again('1'));
  });

  it.each(streams)('of %s names the first message without an outcome', (_, batch) => {
    expect(respond(batch, [succeeded, succeeded])).toEqual(again('3'));
    expect(respond(batch, [])).toEqual(again('1'));
  });

  it.each(streams)('of %s is empty when every message has succeeded', (_, batch) => {
    expect(respond(batch, [succeeded, succeeded, succeeded, succeeded])).toEqual(again());
  });
});

describe('the response to Kafka', () => {
  it('names every message that has not succeeded, by partition and offset', () => {
    const batch = readBatch(kafkaEvent({ offset: 4 }, { offset: 5 }, { partition: 1, offset: 4 }));
    expect(respond(batch, [succeeded, failed, notStarted])).toEqual({
      batchItemFailures: [
        { itemIdentifier: { partition: 'orders-0', offset: 5 } },
        { itemIdentifier: { partition: 'orders-1', offset: 4 } },
      ],
    });
  });
});

describe('the check of a response', () => {
  it('accepts a response with each message of the batch at most once', () => {
    for (const ids of [[], ['a'], ['b', 'a']]) checkResponse(batchOf('a', 'b'), again(...ids));
  });

  it.each([
    ['a message that is not in the batch', again('c')],
    ['a message twice', again('a', 'a')],
    ['an empty identifier', again('')],
    ['no identifier', { batchItemFailures: [{ itemIdentifier: undefined as unknown as string }] }],
  ])('refuses what names %s', (_, response) => {
    expect(() => {
      checkResponse(batchOf('a', 'b'), response);
    }).toThrow(InvalidResponseError);
  });

  it.each([
    ['a partition that is not in the batch', { partition: 'orders-1', offset: 4 }],
    ['an offset that is not in the batch', { partition: 'orders-0', offset: 6 }],
    ['an offset as a text', { partition: 'orders-0', offset: '4' as unknown as number }],
    ['a string where Kafka expects an object', 'orders-0@4'],
  ])('refuses what names %s', (_, itemIdentifier) => {
    const batch = readBatch(kafkaEvent({ offset: 4 }, { offset: 5 }));
    checkResponse(batch, {
      batchItemFailures: [{ itemIdentifier: { partition: 'orders-0', offset: 4 } }],
    });
    expect(() => {
      checkResponse(batch, { batchItemFailures: [{ itemIdentifier }] });
    }).toThrow(InvalidResponseError);
  });
});
