import { jsonBytes } from '../json-bytes.ts';
import type { PolledRecord } from '../polled/polled-record.ts';
import { ShardedStream } from '../polled/sharded-stream.ts';
import type { StreamOptions } from '../polled/stream-options.ts';
import { kinesisRecord, type KinesisEvent, type KinesisRecordFields } from './kinesis-record.ts';

interface StoredRecord extends PolledRecord {
  readonly fields: KinesisRecordFields;
}

/** Sequence number of the first record. */
const firstSequenceNumber = 49590338271490256608559692538361571095921575989136588898n;

/**
 * A Kinesis data stream with its event source mapping: in order within a shard, with one batch per shard in flight (or as
 * many as the parallelization factor, each partition key in one of them). A failed batch blocks its shard until it
 * succeeds or is discarded. An unknown sequence number in a response fails the whole batch; AWS does not
 * document the behaviour in that case.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
export class KinesisStream extends ShardedStream<StoredRecord, KinesisEvent> {
  #records = 0n;

  /** @throws {RangeError} when an option is out of its range */
  constructor(options: StreamOptions = {}) {
    super(options, (records) => ({ Records: records.map(({ fields }) => kinesisRecord(fields)) }));
  }

  /**
   * Puts a record on the stream.
   *
   * @returns its sequence number
   */
  put(
    { partitionKey, data }: { readonly partitionKey: string; readonly data: string | Uint8Array },
    nowMs: number,
  ): string {
    const sequenceNumber = String(firstSequenceNumber + this.#records);
    const { shardId, line } = this.shards.placeOf(partitionKey);
    const { name: streamName, arn: streamArn } = this;
    const fields = {
      ...{ partitionKey, data, sequenceNumber, shardId, arrivedAtMs: nowMs, streamName },
      ...(streamArn !== undefined && { streamArn }),
    };
    const record = kinesisRecord(fields);
    if (this.accepts(record)) {
      line.add({ id: sequenceNumber, arrivedAtMs: nowMs, place: shardId, bytes: jsonBytes(record), fields });
    }
    this.#records += 1n;
    return sequenceNumber;
  }

  /** The shard of a partition key. */
  shardIdOf(partitionKey: string): string {
    return this.shards.placeOf(partitionKey).shardId;
  }
}
