import { deaggregate } from './deaggregate.ts';
import { invalid, requiredText } from './required.ts';
import { inSequence, type SequencePlace } from './sequence-order.ts';
import type { RecordHead, Source } from './source.ts';
import { throughPipe } from './through-pipe.ts';

/** Fields of a Kinesis record. */
interface KinesisFields extends SequencePlace {
  readonly partitionKey?: unknown;
  readonly data?: unknown;
}

/** Position of the fields in a record. */
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
    checkpoint: true,
    identify: ({ record }) => read(record as object).sequenceNumber as string,
  };
}

function readHead({
  sequenceNumber,
  subSequenceNumber: part,
  partitionKey,
  data,
}: KinesisFields): RecordHead {
  const id = requiredText('A Kinesis record must have a sequenceNumber', sequenceNumber);
  const record = `Kinesis record ${id} must have`;
  if (typeof partitionKey !== 'string') throw invalid(`${record} a partitionKey`, partitionKey);
  if (typeof data !== 'string') throw invalid(`${record} data in base64`, data);
  if (part == null) return { id, lane: partitionKey };
  if (/^\d{1,15}$/.test(part as string)) return { id: `${id}/${part as string}`, lane: partitionKey };
  throw invalid(`${record} a whole number as subSequenceNumber`, part);
}

/** Takes aggregated records apart; all others stay unchanged. */
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
