import { attempt } from '../read-property.ts';

/** One record that the Kinesis Producer Library put into an aggregated record. */
export interface UserRecord {
  readonly partitionKey: string;
  readonly data: Buffer;
}

/** A user record as it is read, when parts of it can still be missing. */
type MaybeUserRecord = { readonly [Key in keyof UserRecord]: UserRecord[Key] | undefined };

/** An aggregated record is: four bytes that mark it, a protocol buffer message, and the message's MD5 digest. */
const MARK_BYTES = 4;
const DIGEST_BYTES = 16;

/** The field numbers of `AggregatedRecord` and of its `Record`. */
const PARTITION_KEYS = 1;
const RECORDS = 3;
const KEY_INDEX = 1;
const DATA = 3;

/**
 * Takes an aggregated record of the Kinesis Producer Library apart.
 *
 * @param data a record with the mark of an aggregated record
 * @returns its user records in order; `undefined` for an ordinary record that only looks like one: its digest does not match, or it
 * has another format
 * @see https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md
 */
export function deaggregate(data: Buffer): readonly UserRecord[] | undefined {
  const content = data.subarray(MARK_BYTES, -DIGEST_BYTES);
  // Loaded on first use: importing `node:crypto` would cost every cold start.
  const digest = process.getBuiltinModule('node:crypto').createHash('md5').update(content).digest();
  if (!digest.equals(data.subarray(-DIGEST_BYTES))) return undefined;
  const userRecords = attempt(() => readAggregate(content)) ?? [];
  return userRecords.length > 0 && userRecords.every(isUserRecord) ? userRecords : undefined;
}

function readAggregate(content: Buffer): readonly MaybeUserRecord[] {
  const keys: string[] = [];
  const records: ReadonlyMap<number, number | Buffer>[] = [];
  for (const [field, value] of fieldsOf(content)) {
    if (field === PARTITION_KEYS) keys.push(String(value));
    if (field === RECORDS) records.push(new Map(fieldsOf(value as Buffer)));
  }
  return records.map((record) => ({
    partitionKey: keys[record.get(KEY_INDEX) as number],
    data: record.get(DATA) as Buffer | undefined,
  }));
}

function isUserRecord(record: MaybeUserRecord): record is UserRecord {
  const { partitionKey, data } = record;
  return partitionKey !== undefined && Buffer.isBuffer(data);
}

/**
 * Reads the fields of a protocol buffer message, of the two wire types that the format has: integers and bytes.
 *
 * @throws {RangeError} when the content is cut off or has another wire type
 * @see https://protobuf.dev/programming-guides/encoding/
 */
function* fieldsOf(content: Buffer): Generator<readonly [field: number, value: number | Buffer]> {
  let offset = 0;
  function readInteger(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = content.readUInt8(offset++);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
  while (offset < content.length) {
    const tag = readInteger();
    const integer = readInteger();
    const isInteger = (tag & 7) === 0;
    if (!isInteger && ((tag & 7) !== 2 || offset + integer > content.length)) throw new RangeError();
    yield [tag >>> 3, isInteger ? integer : content.subarray(offset, offset + integer)];
    if (!isInteger) offset += integer;
  }
}
