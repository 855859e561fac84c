import { createHash } from 'node:crypto';

/** A record that a producer put, before the Kinesis Producer Library aggregated it with others. */
export interface UserRecord {
  readonly partitionKey: string;
  /** A text is taken as UTF-8. */
  readonly data: string | Uint8Array;
}

/**
 * The data of one record into which the Kinesis Producer Library aggregated several.
 *
 * @see https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md
 */
export function aggregatedData(records: readonly UserRecord[]): Uint8Array {
  const keys = [...new Set(records.map(({ partitionKey }) => partitionKey))];
  const message = Uint8Array.from([
    ...keys.flatMap((key) => bytesField(1, key)),
    ...records.flatMap(({ partitionKey, data }) => {
      const record = [...integerField(1, keys.indexOf(partitionKey)), ...bytesField(3, data)];
      return bytesField(3, Uint8Array.from(record));
    }),
  ]);
  const digest = createHash('md5').update(message).digest();
  return Buffer.concat([Uint8Array.from([0xf3, 0x89, 0x9a, 0xc2]), message, digest]);
}

/** @see https://protobuf.dev/programming-guides/encoding/ */
function integerField(number: number, value: number): readonly number[] {
  return [...integer(number << 3), ...integer(value)];
}

function bytesField(number: number, value: string | Uint8Array): readonly number[] {
  const bytes = Buffer.from(value);
  return [...integer((number << 3) | 2), ...integer(bytes.length), ...bytes];
}

function integer(value: number): readonly number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...integer(value >>> 7)];
}
