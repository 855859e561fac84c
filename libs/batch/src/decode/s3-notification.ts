import { describeShape } from '../describe.ts';
import type { Message } from '../message.ts';
import { undecodable, type TextOrBytes } from './decoder.ts';
import { jsonObject } from './json.ts';

/** One object that an S3 event notification reports. */
export interface S3Notification {
  /** Such as `ObjectCreated:Put`. */
  readonly eventName: string;
  /** The name of the bucket. */
  readonly bucket: string;
  /** The object's key, without the URL encoding of the notification. */
  readonly key: string;
  /** Size in bytes; `undefined` when the object was removed. */
  readonly size: number | undefined;
  /** The entity tag of the object; `undefined` when the object was removed. */
  readonly eTag: string | undefined;
  /** The version of the object; `undefined` where the bucket has no versions. */
  readonly versionId: string | undefined;
}

interface S3Record {
  readonly eventName?: unknown;
  readonly s3?: {
    readonly bucket?: { readonly name?: unknown };
    readonly object?: {
      readonly key?: unknown;
      readonly size?: number;
      readonly eTag?: string;
      readonly versionId?: string;
    };
  };
}

/**
 * Reads an S3 event notification. The test event that S3 sends when notifications are configured results in an empty
 * list.
 *
 * @returns one entry per record of the notification
 * @throws {InvalidMessageError} when the input is not an S3 event notification
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function s3Notification(input: TextOrBytes, message: Message): readonly S3Notification[] {
  const { Records, Event } = jsonObject(input, message);
  if (Event === 's3:TestEvent') return [];
  const read = Array.isArray(Records) ? Records.map(readRecord) : [undefined];
  return read.map((notification) => {
    if (notification) return notification;
    throw undecodable(message, `must be an S3 event notification, not ${describeShape(input)}`);
  });
}

function readRecord(record: unknown): S3Notification | undefined {
  const { eventName, s3 } = (record ?? {}) as S3Record;
  const bucket = s3?.bucket?.name;
  const { key: encoded, size, eTag, versionId } = s3?.object ?? {};
  if (typeof eventName !== 'string' || typeof bucket !== 'string' || typeof encoded !== 'string') {
    return undefined;
  }
  const key = decodeKey(encoded);
  return key === undefined ? undefined : { eventName, bucket, key, size, eTag, versionId };
}

/** S3 encodes keys as forms do: a space is a plus sign. */
function decodeKey(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
