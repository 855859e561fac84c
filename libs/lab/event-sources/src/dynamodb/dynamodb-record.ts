import { createHash } from 'node:crypto';

import { jsonBytes } from '../json-bytes.ts';

/** A value in DynamoDB's own JSON. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] };

/** Attributes of an item. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** Fields of a record that tests choose. The others are as in AWS's example events. */
export interface DynamoDbRecordFields {
  readonly keys: Item;
  /** The item as it is now: left out of a `REMOVE`, and where the stream holds keys or old images only. */
  readonly newImage?: Item;
  readonly oldImage?: Item;
  /** @default 'INSERT' with a new image alone, 'REMOVE' without one, 'MODIFY' with both */
  readonly eventName?: 'INSERT' | 'MODIFY' | 'REMOVE';
  /** @default 'NEW_AND_OLD_IMAGES' */
  readonly streamViewType?: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';
  /** @default '100000000000000000001' */
  readonly sequenceNumber?: string;
  /** Milliseconds since 1970. @default 1479499740000 */
  readonly arrivedAtMs?: number;
  /** @default 'lab' */
  readonly tableName?: string;
  /** @default that of the table's name in AWS's example account */
  readonly streamArn?: string;
}

/** A record of a DynamoDB Streams event. */
export type DynamoDbRecord = ReturnType<typeof dynamoDbRecord>;

/** Event of Lambda for records of a DynamoDB stream. */
export interface DynamoDbEvent {
  readonly Records: readonly DynamoDbRecord[];
}

/**
 * A record of a DynamoDB stream as Lambda passes it to a function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export function dynamoDbRecord(fields: DynamoDbRecordFields) {
  const { keys, newImage, oldImage, sequenceNumber = '100000000000000000001', tableName = 'lab' } = fields;
  const {
    streamArn = `arn:aws:dynamodb:us-east-1:123456789012:table/${tableName}/stream/2018-12-18T00:00:00.000`,
  } = fields;
  const images = {
    Keys: keys,
    ...(newImage && { NewImage: newImage }),
    ...(oldImage && { OldImage: oldImage }),
  };
  return {
    eventID: createHash('md5').update(sequenceNumber).digest('hex'),
    eventName: fields.eventName ?? eventNameOf(fields),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: streamArn.split(':')[3] ?? '',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor((fields.arrivedAtMs ?? 1479499740000) / 1000),
      ...images,
      SequenceNumber: sequenceNumber,
      SizeBytes: jsonBytes(images),
      StreamViewType: fields.streamViewType ?? 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: streamArn,
  };
}

function eventNameOf({ newImage, oldImage }: DynamoDbRecordFields): 'INSERT' | 'MODIFY' | 'REMOVE' {
  if (!newImage) return 'REMOVE';
  return oldImage ? 'MODIFY' : 'INSERT';
}
