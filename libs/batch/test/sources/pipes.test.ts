import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { batchHandler, InvalidEventError, PartialFailureError } from '../../src/index.ts';
import { checkResponse } from '../../src/respond.ts';
import {
  notStarted,
  readBatch,
  respond,
  sourceNamed,
  succeeded,
  type Batch,
} from '../../src/technique/index.ts';
import { sqsFifoRecord, sqsRecord } from '../sqs-record.ts';
import { dynamoDbRecord } from './dynamodb-record.ts';
import { kafkaRecord } from './kafka-event.ts';
import { kinesisRecord } from './kinesis-record.ts';

/** A Kinesis record from EventBridge Pipes: the fields of `kinesis` are in the record itself. */
function kinesisPipeRecord(number: string, otherwise: Readonly<Record<string, unknown>> = {}): object {
  const { kinesis, ...rest } = kinesisRecord(number) as { readonly kinesis: object };
  return { ...kinesis, ...rest, ...otherwise };
}

function kafkaPipeRecord(fields: Parameters<typeof kafkaRecord>[0], otherwise: object = {}): object {
  const { partition = 0 } = fields;
  return {
    eventSource: 'aws:kafka',
    eventSourceArn: 'arn:aws:kafka:sa-east-1:123456789012:cluster/orders/751d2973',
    eventSourceKey: `orders-${String(partition)}`,
    ...kafkaRecord({ ...fields, partition: String(partition) }),
    ...otherwise,
  };
}

/** The response when the message at this position alone did not succeed. */
function failing(batch: Batch, failed: number): unknown {
  const outcomes = batch.messages.map((_, position) =>
    position === failed ? ({ status: 'failed', error: undefined } as const) : succeeded,
  );
  const response = respond(batch, outcomes);
  checkResponse(batch, response);
  return response;
}

const naming = (itemIdentifier: string) => ({ batchItemFailures: [{ itemIdentifier }] });

describe('a list of records from EventBridge Pipes', () => {
  it('of a queue is the same batch as its mapping delivers', () => {
    const records = [sqsRecord('a'), sqsRecord('b')];
    const batch = readBatch(records);
    expect(batch).toEqual(readBatch({ Records: records }));
    expect(failing(batch, 1)).toEqual(naming('b'));
  });

  it('of a FIFO queue has its groups as lanes', () => {
    const { source, lanes } = readBatch(
      ['one', 'other', 'one'].map((group, i) => sqsFifoRecord(`${i}`, group)),
    );
    expect([source.name, lanes]).toEqual(['SQS FIFO', [[0, 2], [1]]]);
  });

  it('of Kinesis is the same batch, identified by event ids', () => {
    const batch = readBatch(
      ['8', '7', '9'].map((number) => kinesisPipeRecord(number, { partitionKey: 'a' })),
    );
    expect(batch.messages.map(({ id, text }) => [id, text])).toEqual([
      ['7', 'data of 7'],
      ['8', 'data of 8'],
      ['9', 'data of 9'],
    ]);
    expect([batch.source.checkpoint, batch.lanes]).toEqual([true, [[0, 1, 2]]]);
    expect(failing(batch, 1)).toEqual(naming('shardId-000000000006:8'));
  });

  it('of Kinesis takes aggregated records apart', () => {
    const data = '84mawgoBYQoBYhIBNxoHCAAaA29uZRoJCAEQABoDdHdvGgkIABoFdGhyZWXAfh2MUasmuI33iHU8FrXN';
    const batch = readBatch([kinesisPipeRecord('6'), kinesisPipeRecord('7', { data })]);
    expect(batch.messages.map(({ id, text }) => [id, text])).toEqual([
      ['6', 'data of 6'],
      ['7/0', 'one'],
      ['7/1', 'two'],
      ['7/2', 'three'],
    ]);
    expect(failing(batch, 3)).toEqual(naming('shardId-000000000006:7'));
  });

  it.each([
    ['as AWS documents them', dynamoDbRecord],
    [
      'flattened',
      (number: string) => {
        const { dynamodb, ...rest } = dynamoDbRecord(number) as { readonly dynamodb: object };
        return { ...dynamodb, ...rest };
      },
    ],
  ])('of DynamoDB is the same batch, known by event ids: records %s', (_, recordOf) => {
    const records = ['222', '111'].map((number) => ({ ...recordOf(number), eventID: `event ${number}` }));
    const batch = readBatch(records);
    const mapped = readBatch({ Records: [dynamoDbRecord('111'), dynamoDbRecord('222')] });
    expect(batch.messages.map(({ id, text }) => [id, text])).toEqual(
      mapped.messages.map(({ id, text }) => [id, text]),
    );
    expect(failing(batch, 1)).toEqual(naming('event 222'));
  });

  it('of Kafka is the same batch, which a pipe retries as a whole', () => {
    const batch = readBatch([
      kafkaPipeRecord({ offset: 5 }),
      kafkaPipeRecord({ partition: 1, offset: 5 }),
      kafkaPipeRecord({ offset: 6 }),
    ]);
    expect(batch.messages.map(({ id, text }) => [id, text])).toEqual([
      ['orders-0@5', 'value at 5'],
      ['orders-1@5', 'value at 5'],
      ['orders-0@6', 'value at 6'],
    ]);
    expect(batch.lanes).toEqual([[0, 2], [1]]);
    expect(batch.source.wholeBatch).toBe(true);
  });

  it('of a self-managed cluster, which has no ARN, is a batch of Kafka too', () => {
    const selfManaged = { eventSource: 'SelfManagedKafka', eventSourceArn: undefined };
    expect(readBatch([kafkaPipeRecord({}, selfManaged)]).messages).toHaveLength(1);
  });

  it('is an empty batch without records', () => {
    expect(readBatch([])).toMatchObject({ messages: [], lanes: [] });
  });

  it.each([
    ['is not a record', [7]],
    ['is a list', [[sqsRecord('a')]]],
    ['has no source', [{ body: 'a' }]],
    ['is of an unknown source', [sqsRecord('a', { eventSource: 'aws:mq' })]],
    ['is of another queue', [sqsRecord('a'), sqsRecord('b', { eventSourceARN: 'arn:aws:sqs:r:1:other' })]],
    ['of Kinesis has no eventID', [kinesisPipeRecord('7', { eventID: undefined })]],
    ['of Kinesis has an empty eventID', [kinesisPipeRecord('7', { eventID: '' })]],
    ['of Kinesis is not flat', [kinesisRecord('7')]],
    ['of DynamoDB has no eventID', [{ ...dynamoDbRecord('7'), eventID: null }]],
    ['of Kafka has no partition', [kafkaPipeRecord({}, { partition: 'one' })]],
    ['was made by an input transformer', [{ body: { parsed: true }, id: 'a' }]],
  ])('is refused when one %s', (_, event) => {
    expect(() => readBatch(event)).toThrow(InvalidEventError);
  });

  it('has a source that a thread finds by its name', () => {
    const batches = [
      [kinesisPipeRecord('7')],
      [dynamoDbRecord('7')],
      [kafkaPipeRecord({})],
      [sqsRecord('a')],
    ];
    for (const { source } of batches.map((records) => readBatch(records))) {
      expect(sourceNamed(source.name)).toBe(source);
    }
  });
});

describe('the handler of Kafka records from EventBridge Pipes', () => {
  const event = [kafkaPipeRecord({ offset: 5 }), kafkaPipeRecord({ partition: 1, offset: 5 })];

  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('fails when a message did not succeed, since a pipe ignores a partial response', async () => {
    const onBatchEnd = vi.fn();
    const handler = batchHandler(
      ({ messages }) => Promise.resolve([succeeded, ...messages.slice(1).map(() => notStarted)]),
      {
        onBatchEnd,
      },
    );
    await expect(handler(event)).rejects.toThrow(PartialFailureError);
    await expect(handler(event)).rejects.toThrow(
      '1 of 2 messages did not succeed, and Kafka through EventBridge Pipes only retries whole batches',
    );
    expect(onBatchEnd).toHaveBeenCalledTimes(2);
  });

  it('responds when all succeeded, and to an empty batch', async () => {
    const handler = batchHandler(({ messages }) => Promise.resolve(messages.map(() => succeeded)));
    expect(await handler(event)).toEqual({ batchItemFailures: [] });
    expect(await handler([])).toEqual({ batchItemFailures: [] });
  });
});
