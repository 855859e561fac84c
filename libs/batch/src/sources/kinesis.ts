import { describeShape } from '../describe.ts';
import { InvalidEventError } from '../errors.ts';
import { deaggregate } from './deaggregate.ts';
import { inSequence, type SequencePlace } from './sequence-order.ts';
import type { RecordHead, Source } from './source.ts';
import { throughPipe } from './through-pipe.ts';

/** What Kinesis itself says of a record. */
interface KinesisFields extends SequencePlace {
  readonly partitionKey?: unknown;
  readonly data?: unknown;
}

/** Where a record has its fields. */
interface Shape {
  readonly read: (record: object) => KinesisFields;
  /** Returns a copy of the record with these fields. */
  readonly write: (record: object, fields: KinesisFields) => object;
}

/** The first bytes of an aggregated record, F3 89 9A C2, in base64. */
const AGGREGATED = /^84maw[g-v]/;

/**
 * Kinesis data streams: one lane per partition key. The response names a checkpoint: the lowest sequence number that did
 * not succeed; that record and all records after it are redelivered.
 *
 * A record that the Kinesis Producer Library aggregated becomes one message per user record. These share the sequence
 * number, so a failure of one redelivers all of them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
export const kinesis: Source = kinesisSource({
  read: (record) => (record as { readonly kinesis?: KinesisFields | null }).kinesis ?? {},
  write: (record, kinesis) => ({ ...record, kinesis }),
});

/**
 * Kinesis through EventBridge Pipes: the fields of `kinesis` are in the record itself.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-kinesis.html
 */
export const kinesisPipe: Source = throughPipe(
  kinesisSource({ read: (record) => record, write: (_, fields) => fields }),
);

function kinesisSource(shape: Shape): Source {
  const { read } = shape;
  return {
    name: 'Kinesis',
    delivers: (eventSource) => eventSource === 'aws:kinesis',
    arrange: (records) => inSequence(userRecords(records, shape), read),
    readHead: (record) => readHead(read(record)),
    content: (record) => read(record).data as string,
    encoding: 'base64',
    mayRepeat: false,
    checkpoint: true,
    identify: ({ record }) => read(record as object).sequenceNumber as string,
  };
}

function readHead({
  sequenceNumber: id,
  subSequenceNumber: part,
  partitionKey,
  data,
}: KinesisFields): RecordHead {
  if (typeof id !== 'string' || id === '') throw lacks('', 'a sequenceNumber', id);
  if (typeof partitionKey !== 'string') throw lacks(id, 'a partitionKey', partitionKey);
  if (typeof data !== 'string') throw lacks(id, 'data in base64', data);
  if (part == null) return { id, lane: partitionKey };
  if ((typeof part === 'string' || typeof part === 'number') && /^\d{1,15}$/.test(`${part}`)) {
    return { id: `${id}/${part}`, lane: partitionKey };
  }
  throw lacks(id, 'a whole number as subSequenceNumber', part);
}

function lacks(id: string, part: string, value: unknown): InvalidEventError {
  return new InvalidEventError(`Kinesis record ${id} must have ${part}, not ${describeShape(value)}`);
}

/** Takes aggregated records apart; all others stay as they are. */
function userRecords(records: readonly object[], { read, write }: Shape): readonly object[] {
  const isAggregated = (record: object): boolean => AGGREGATED.test(String(read(record).data));
  if (!records.some(isAggregated)) return records;
  return records.flatMap((record) => {
    const fields = read(record);
    const parts = isAggregated(record) && deaggregate(Buffer.from(fields.data as string, 'base64'));
    if (!parts) return [record];
    return parts.map(({ partitionKey, data }, subSequenceNumber) =>
      write(record, { ...fields, partitionKey, data: data.toString('base64'), subSequenceNumber }),
    );
  });
}
