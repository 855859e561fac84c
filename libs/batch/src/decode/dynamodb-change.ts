import { describeShape } from '../describe.ts';
import type { Message } from '../message.ts';
import { asValues, readAttributes, type AttributeMap } from './attribute-values.ts';
import { undecodable } from './decoder.ts';

/** Change of an item of a DynamoDB table. */
export interface DynamoDbChange {
  /** The type of the change, such as `INSERT`. */
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  /** The primary key of the item, in plain values. */
  readonly keys: Readonly<Record<string, unknown>>;
  /** The item after the change; `undefined` after a removal, or where the stream has no new images. */
  readonly newImage: Readonly<Record<string, unknown>> | undefined;
  /** The item before the change; `undefined` before an insertion, or where the stream has no old images. */
  readonly oldImage: Readonly<Record<string, unknown>> | undefined;
}

interface StreamRecord {
  readonly eventName?: DynamoDbChange['eventName'];
  readonly dynamodb?: Images;
}

interface Images {
  readonly Keys?: AttributeMap | null;
  readonly NewImage?: AttributeMap | null;
  readonly OldImage?: AttributeMap | null;
}

/**
 * Reads a record of DynamoDB Streams to JavaScript values, from `message.record`. Sets are `Set`, binary values
 * `Uint8Array`. A number keeps all its digits: an integer outside the safe range is a `bigint`, a decimal of more than
 * 15 significant digits is a string.
 *
 * @throws {InvalidMessageError} when the message is not from DynamoDB Streams
 */
export function dynamoDbChange(_input: unknown, message: Message): DynamoDbChange {
  const record = message.record as StreamRecord | undefined;
  // EventBridge Pipes may pass the images without `dynamodb` around them.
  const { Keys, NewImage, OldImage } = record?.dynamodb ?? (record as Images | undefined) ?? {};
  if (!record?.eventName || !Keys) {
    throw undecodable(message, `must be a record of DynamoDB Streams, not ${describeShape(record)}`);
  }
  const read = (image: AttributeMap | null | undefined) =>
    image ? readAttributes(image, asValues) : undefined;
  return {
    eventName: record.eventName,
    keys: readAttributes(Keys, asValues),
    newImage: read(NewImage),
    oldImage: read(OldImage),
  };
}
