import {
  dynamoDbRecord,
  kafkaEvent,
  kafkaRecord,
  kinesisRecord,
  sqsRecord,
  type KafkaRecord,
} from '@parallel-lambda/event-sources';
import { isRecord } from '@parallel-lambda/local-lambda';

import type { SourceName } from './test-message.ts';

/** An object of JSON whose fields are not known. */
export type Fields = Readonly<Record<string, unknown>>;

/** Format of the records of a source. */
export interface SourceFormat {
  /** Messages that one invocation may receive. */
  readonly maxBatch: number;
  /** Lambda's batch size unless the mapping sets another. */
  readonly defaultBatch: number;
  /** True if a reported record is a checkpoint: it and all behind it are redelivered. */
  readonly checkpoint: boolean;
  /** True if the source has lanes, which must stay in order. */
  readonly ordered: boolean;
  /** Makes the record of a text. */
  readonly recordOf: (body: string) => Fields;
  /** Returns the text of a record. */
  readonly bodyOf: (record: Fields) => string;
  /** Returns a record with another text and identity. */
  readonly changed: (record: Fields, change: Change) => Fields;
  /** Returns the identifier of a record as text. */
  readonly keyOf: (record: Fields) => string;
  /** Returns the same text of an identifier in a response; `undefined` if it is none. */
  readonly reportedKey: (itemIdentifier: unknown) => string | undefined;
  readonly eventOf: (records: readonly Fields[]) => object;
}

/** The identity and text of a record. */
export interface Change {
  readonly body: string;
  /** Number of the message in the whole check, from 0. */
  readonly index: number;
  readonly lane: string;
  /** True if other messages are in the same lane. */
  readonly isShared: boolean;
  /** Number of receives. @default 1 */
  readonly receiveCount?: number;
}

const textKey = (identifier: unknown): string | undefined =>
  typeof identifier === 'string' && identifier !== '' ? identifier : undefined;

const inRecords = (records: readonly Fields[]): object => ({ Records: records });

const sqs: SourceFormat = {
  maxBatch: 10_000,
  defaultBatch: 10,
  checkpoint: false,
  ordered: false,
  recordOf: (body) => sqsRecord({ messageId: '', body }),
  bodyOf: ({ body }) => String(body),
  changed: (record, { body, index, receiveCount = 1 }) => {
    const messageId = `11d6ee51-4cc7-4302-9e22-${String(index).padStart(12, '0')}`;
    const { attributes, md5OfBody } = sqsRecord({ messageId, body, receiveCount });
    return {
      ...record,
      messageId,
      receiptHandle: `receipt-${index}`,
      body,
      md5OfBody,
      attributes: { ...fieldsOf(record.attributes), ...attributes },
    };
  },
  keyOf: ({ messageId }) => String(messageId),
  reportedKey: textKey,
  eventOf: inRecords,
};

const sqsFifo: SourceFormat = {
  ...sqs,
  maxBatch: 10,
  ordered: true,
  recordOf: (body) => sqsRecord({ messageId: '', body, messageGroupId: 'group' }),
  changed: (record, change) => {
    const changed = sqs.changed(record, change);
    const order = {
      MessageGroupId: change.lane,
      MessageDeduplicationId: String(changed.messageId),
      SequenceNumber: sequence(change.index, 20),
    };
    return { ...changed, attributes: { ...fieldsOf(changed.attributes), ...order } };
  },
};

const kinesis: SourceFormat = {
  maxBatch: 10_000,
  defaultBatch: 100,
  checkpoint: true,
  ordered: true,
  recordOf: (body) => kinesisRecord({ partitionKey: '', data: body }),
  bodyOf: ({ kinesis: data }) => fromBase64(fieldsOf(data).data),
  changed: (record, { body, index, lane }) => {
    const sequenceNumber = sequence(index, 56);
    const changes = { sequenceNumber, partitionKey: lane, data: toBase64(body) };
    return {
      ...record,
      kinesis: { ...fieldsOf(record.kinesis), ...changes },
      eventID: `shardId-000000000000:${sequenceNumber}`,
    };
  },
  keyOf: ({ kinesis: data }) => String(fieldsOf(data).sequenceNumber),
  reportedKey: textKey,
  eventOf: inRecords,
};

const dynamodb: SourceFormat = {
  ...kinesis,
  recordOf: (body) => dynamoDbRecord({ keys: { id: { S: '' } }, newImage: imageOf(body) }),
  bodyOf: ({ dynamodb: change }) => JSON.stringify(fieldsOf(change).NewImage ?? fieldsOf(change).Keys ?? {}),
  changed: (record, { body, index, lane, isShared }) => {
    const image = JSON.parse(body) as Fields;
    const change = fieldsOf(record.dynamodb);
    const former = Object.entries(fieldsOf(change.Keys));
    // The changes of an item are in order, and they have only its key in common.
    const keyOf = (value: unknown): object => ('N' in fieldsOf(value) ? { N: digitsOf(lane) } : { S: lane });
    const keys = Object.fromEntries(
      former.map(([name, value]) => [name, isShared ? keyOf(value) : (image[name] ?? { S: String(index) })]),
    );
    const SequenceNumber = sequence(index, 21);
    return {
      ...record,
      eventID: index.toString(16).padStart(32, 'e'),
      dynamodb: {
        ...change,
        Keys: keys,
        ...('NewImage' in change && { NewImage: { ...image, ...keys } }),
        SequenceNumber,
      },
    };
  },
  keyOf: ({ dynamodb: change }) => String(fieldsOf(change).SequenceNumber),
};

/** Partitions of messages that are in no common lane: fewer than messages, as in a topic. */
const partitions = 10;

const kafka: SourceFormat = {
  ...kinesis,
  checkpoint: false,
  recordOf: (body) => kafkaRecord({ value: body }),
  bodyOf: ({ value }) => fromBase64(value),
  changed: (record, { body, index, lane, isShared }) => ({
    ...record,
    value: toBase64(body),
    key: toBase64(lane),
    partition: isShared ? Number(digitsOf(lane)) : index % partitions,
    offset: index,
  }),
  keyOf: ({ topic, partition, offset }) => `${String(topic)}-${String(partition)} ${String(offset)}`,
  reportedKey: (identifier) => {
    const { partition, offset } = fieldsOf(identifier);
    return typeof partition === 'string' && typeof offset === 'number' ? `${partition} ${offset}` : undefined;
  },
  eventOf: (records) => kafkaEvent(records as readonly unknown[] as readonly KafkaRecord[]),
};

export const sourceFormats: Readonly<Record<SourceName, SourceFormat>> = {
  sqs,
  'sqs-fifo': sqsFifo,
  kinesis,
  dynamodb,
  kafka,
};

export function fieldsOf(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

function sequence(index: number, digits: number): string {
  return `4${String(index + 1).padStart(digits - 1, '0')}`;
}

/** Lanes are named `lane-0` and so on. */
function digitsOf(lane: string): string {
  return /\d+$/.exec(lane)?.[0] ?? '0';
}

/** Returns the attributes of a DynamoDB item whose text is JSON, in DynamoDB's own form or in any other. */
function imageOf(body: string): Record<string, { S: string } | { N: string }> {
  let json: Fields;
  try {
    // The counter of a template is not JSON before it is replaced.
    json = fieldsOf(JSON.parse(body.replaceAll(/:\s*\{n\}/g, ':"{n}"')));
  } catch {
    json = { body };
  }
  const attributes = Object.entries({ id: '0', ...json }).map(([name, value]) => {
    if (isRecord(value) && ('S' in value || 'N' in value)) return [name, value];
    if (typeof value === 'number') return [name, { N: String(value) }];
    return [name, { S: typeof value === 'string' ? value : JSON.stringify(value) }];
  });
  return Object.fromEntries(attributes) as Record<string, { S: string } | { N: string }>;
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function fromBase64(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : '', 'base64').toString();
}
