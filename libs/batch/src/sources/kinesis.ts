import { describe } from '../describe.ts';
import { InvalidEventError } from '../errors.ts';
import { deaggregate } from './deaggregate.ts';
import { inSequence, type SequencePlace } from './sequence-order.ts';
import type { RecordHead, Source } from './source.ts';
import { throughPipe } from './through-pipe.ts';

/** What Kinesis itself says of a record. */
interface KinesisFields extends Partial<SequencePlace> {
  readonly partitionKey?: unknown;
  readonly data?: unknown;
}

/** Where a record has its fields. */
interface Shape {
  readonly read: (record: unknown) => KinesisFields;
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
  read: (record) => (record as { readonly kinesis?: KinesisFields | null } | null | undefined)?.kinesis ?? {},
  write: (record, kinesis) => ({ ...record, kinesis }),
});

/**
 * Kinesis through EventBridge Pipes: the fields of `kinesis` are in the record itself.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-kinesis.html
 */
export const kinesisPipe: Source = throughPipe(
  kinesisSource({
    read: (record) => record ?? {},
    write: (record, fields) => ({ ...record, ...fields }),
  }),
);

function kinesisSource(shape: Shape): Source {
  return {
    name: 'Kinesis',
    delivers: (eventSource) => eventSource === 'aws:kinesis',
    arrange: (records) =>
      inSequence(userRecords(records, shape), shape.read as (record: unknown) => SequencePlace),
    readHead: (record) => readHead(shape.read(record)),
    content: (record) => shape.read(record).data as string,
    encoding: 'base64',
    mayRepeat: false,
    checkpoint: true,
    identify: ({ record }) => shape.read(record).sequenceNumber as string,
  };
}

function readHead({ sequenceNumber, subSequenceNumber, partitionKey, data }: KinesisFields): RecordHead {
  if (typeof sequenceNumber !== 'string' || sequenceNumber === '') {
    throw new InvalidEventError(
      `A Kinesis record must have a sequenceNumber, not ${describe(sequenceNumber)}`,
    );
  }
  if (typeof partitionKey !== 'string') throw lacks(sequenceNumber, 'a partitionKey', partitionKey);
  if (typeof data !== 'string') throw lacks(sequenceNumber, 'data in base64', data);
  if (subSequenceNumber == null) return { id: sequenceNumber, lane: partitionKey };
  const isText = typeof subSequenceNumber === 'string' || typeof subSequenceNumber === 'number';
  if (isText && /^\d{1,15}$/.test(`${subSequenceNumber}`)) {
    return { id: `${sequenceNumber}/${subSequenceNumber}`, lane: partitionKey };
  }
  throw lacks(sequenceNumber, 'a whole number as subSequenceNumber', subSequenceNumber);
}

function lacks(sequenceNumber: string, part: string, value: unknown): InvalidEventError {
  return new InvalidEventError(`Kinesis record ${sequenceNumber} must have ${part}, not ${describe(value)}`);
}

/** Takes aggregated records apart; all others stay as they are. */
function userRecords(records: readonly unknown[], { read, write }: Shape): readonly unknown[] {
  const isAggregated = (record: unknown): record is object => {
    const { data } = read(record);
    return typeof data === 'string' && AGGREGATED.test(data);
  };
  if (!records.some(isAggregated)) return records;
  return Array.from(records).flatMap((record) => {
    if (!isAggregated(record)) return [record];
    const fields = read(record);
    const parts = deaggregate(Buffer.from(fields.data as string, 'base64'));
    return (
      parts?.map(({ partitionKey, data }, subSequenceNumber) =>
        write(record, { ...fields, partitionKey, data: data.toString('base64'), subSequenceNumber }),
      ) ?? [record]
    );
  });
}
