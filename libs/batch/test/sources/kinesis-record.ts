import { kinesisRecord as recordOf } from '@parallel-lambda/event-sources';

/** Creates a record of a Kinesis stream; `changes` replaces properties of its `kinesis`, also by wrong ones. */
export function kinesisRecord(
  sequenceNumber: string,
  changes: Readonly<Record<string, unknown>> = {},
): object {
  const record = recordOf({
    sequenceNumber,
    partitionKey: `key of ${sequenceNumber}`,
    data: `data of ${sequenceNumber}`,
    shardId: 'shardId-000000000006',
    streamName: 'orders',
  });
  return { ...record, kinesis: { ...record.kinesis, ...changes } };
}
