/** One record that the Kinesis Producer Library put into an aggregated record. */
export interface UserRecord {
  readonly partitionKey: string;
  readonly data: Buffer;
}

/** An aggregated record is: these bytes, a protocol buffer message, its MD5 digest. */
const MAGIC = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);
const DIGEST_BYTES = 16;

/** The field numbers of `AggregatedRecord` and of its `Record`. */
const PARTITION_KEYS = 1;
const RECORDS = 3;
const KEY_INDEX = 1;
const DATA = 3;

/**
 * Takes an aggregated record of the Kinesis Producer Library apart.
 *
 * @returns its user records in order; `undefined` when the data is an ordinary record: other first bytes, a digest that
 * does not match, or not the documented format
 * @see https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md
 */
export function deaggregate(data: Buffer): readonly UserRecord[] | undefined {
  if (!data.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const content = data.subarray(MAGIC.length, -DIGEST_BYTES);
  // Loaded on first use: importing `node:crypto` would cost every cold start.
  const digest = process.getBuiltinModule('node:crypto').createHash('md5').update(content).digest();
  if (!digest.equals(data.subarray(-DIGEST_BYTES))) return undefined;
  try {
    return readAggregate(content);
  } catch {
    return undefined;
  }
}

function readAggregate(content: Buffer): readonly UserRecord[] | undefined {
  const keys: string[] = [];
  const records: { readonly keyIndex: number; readonly data: Buffer }[] = [];
  for (const [field, value] of fieldsOf(content)) {
    if (field === PARTITION_KEYS) keys.push(bytesOf(value).toString());
    if (field === RECORDS) records.push(readRecord(bytesOf(value)));
  }
  const userRecords = records.map(({ keyIndex, data }) => {
    const partitionKey = keys[keyIndex];
    if (partitionKey === undefined) throw new RangeError(`There is no partition key ${keyIndex}`);
    return { partitionKey, data };
  });
  return userRecords.length > 0 ? userRecords : undefined;
}

function readRecord(content: Buffer): { readonly keyIndex: number; readonly data: Buffer } {
  const fields = new Map(fieldsOf(content));
  const keyIndex = fields.get(KEY_INDEX);
  if (typeof keyIndex !== 'number') throw new RangeError('A record must have a partition key');
  return { keyIndex, data: bytesOf(fields.get(DATA)) };
}

function bytesOf(value: number | Buffer | undefined): Buffer {
  if (typeof value === 'object') return value;
  throw new RangeError('A field must have bytes');
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
    const wireType = tag & 7;
    const integer = readInteger();
    if (wireType === 0) {
      yield [tag >>> 3, integer];
    } else {
      const end = offset + integer;
      if (wireType !== 2 || end > content.length) throw new RangeError('Not an aggregated record');
      yield [tag >>> 3, content.subarray(offset, end)];
      offset = end;
    }
  }
}
