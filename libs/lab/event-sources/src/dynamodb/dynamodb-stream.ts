import { jsonBytes } from '../json-bytes.ts';
import type { PolledRecord } from '../polled/polled-record.ts';
import { ShardedStream } from '../polled/sharded-stream.ts';
import type { StreamOptions } from '../polled/stream-options.ts';
import { dynamoDbRecord, type DynamoDbEvent, type DynamoDbRecordFields } from './dynamodb-record.ts';

interface StoredRecord extends PolledRecord {
  readonly fields: DynamoDbRecordFields;
}

/** A change of an item, as the table's stream sees it. */
export type ItemChange = Omit<DynamoDbRecordFields, 'sequenceNumber' | 'arrivedAtMs'>;

/** Sequence number of the first record. */
const firstSequenceNumber = 100_000_000_000_000_000_001n;

/**
 * The stream of a DynamoDB table with its event source mapping. It behaves as a Kinesis stream does, with the item's
 * keys in the place of the partition key.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export class DynamoDbStream extends ShardedStream<StoredRecord, DynamoDbEvent> {
  #records = 0n;

  /** @throws {RangeError} when an option is out of its range */
  constructor(options: StreamOptions = {}) {
    super(options, (records) => ({
      Records: records.map(({ fields }) => dynamoDbRecord(structuredClone(fields))),
    }));
  }

  /**
   * Puts a change on the stream.
   *
   * @returns its sequence number
   */
  put(change: ItemChange, nowMs: number): string {
    const sequenceNumber = String(firstSequenceNumber + this.#records);
    const { name: tableName, arn: streamArn } = this;
    const fields = {
      ...{ tableName, ...change, sequenceNumber, arrivedAtMs: nowMs },
      ...(streamArn !== undefined && { streamArn }),
    };
    const record = dynamoDbRecord(fields);
    const { shardId, line } = this.shards.placeOf(JSON.stringify(change.keys));
    if (this.accepts(record)) {
      line.add({ id: sequenceNumber, arrivedAtMs: nowMs, place: shardId, bytes: jsonBytes(record), fields });
    }
    this.#records += 1n;
    return sequenceNumber;
  }
}
