import type { RecordFilter } from '../filter/record-filter.ts';
import { integerWithin } from '../integer-within.ts';
import { jsonBytes } from '../json-bytes.ts';
import type { PolledRecord } from '../polled/polled-record.ts';
import { PolledSource } from '../polled/polled-source.ts';
import { retryPolicy, type RetryPolicy } from '../polled/retry-policy.ts';
import { kafkaEvent, type KafkaEvent, type KafkaEventOptions } from './kafka-event.ts';
import { kafkaRecord, type KafkaRecordFields } from './kafka-record.ts';
import { PartitionLines } from './partition-lines.ts';

interface StoredRecord extends PolledRecord {
  readonly fields: KafkaRecordFields;
}

/** Kafka topics and their event source mapping, as in provisioned mode: without it there are no retry settings. */
export interface KafkaTopicsOptions extends RetryPolicy, KafkaEventOptions {
  /** Records a batch: 1 to 10,000. @default 100 */
  readonly batchSize?: number;
  /** Time that a batch that is not full waits for more: 0 to 300,000 ms; Lambda's own default is 500. @default 0 */
  readonly windowMs?: number;
  /** Event pollers: 1 to 2,000. Each has one batch in flight and reads separate partitions. @default 1 */
  readonly pollers?: number;
  /** True if there is a failure destination: endless retries then stop at 10. @default false */
  readonly onFailureDestination?: boolean;
  /** Returns whether the function receives a record. @default it receives all */
  readonly accepts?: RecordFilter;
}

/** A record in the form of its producer. */
export type ProducedRecord = Omit<KafkaRecordFields, 'offset' | 'arrivedAtMs'>;

const retriesWithDestination = 10;

/**
 * Kafka topics with their event source mapping. A batch holds records of several partitions, in order within each.
 * Records that a response reports are redelivered alone, before later ones of their poller. A batch that failed as a
 * whole is redelivered as a whole.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 */
export class KafkaTopics extends PolledSource<StoredRecord, KafkaEvent> {
  readonly #pollers: readonly PartitionLines<StoredRecord>[];
  readonly #offsets = new Map<string, number>();
  readonly #accepts: RecordFilter;

  /** @throws {RangeError} when an option is out of its range */
  constructor(options: KafkaTopicsOptions = {}) {
    const length = integerWithin('pollers', options.pollers ?? 1, 1, 2_000);
    const pollers = Array.from({ length }, () => new PartitionLines<StoredRecord>());
    super({
      batchSize: integerWithin('batchSize', options.batchSize ?? 100, 1, 10_000),
      windowMs: integerWithin('windowMs', options.windowMs ?? 0, 0, 300_000),
      policy: boundedPolicy(options),
      supplies: pollers,
      toEvent: (records) =>
        kafkaEvent(
          records.map(({ fields }) => kafkaRecord(fields)),
          options,
        ),
      idOf: readIdentifier,
      remaining: (records, failed) => records.filter(({ id }) => failed.has(id)),
    });
    this.#pollers = pollers;
    this.#accepts = options.accepts ?? (() => true);
  }

  /**
   * Appends a record to a partition.
   *
   * @returns its message's identifier, such as `topic-0@7`
   * @throws {RangeError} when the partition is not an integer of at least 0
   */
  produce(record: ProducedRecord, nowMs: number): string {
    const { topic = 'topic' } = record;
    const partition = integerWithin('partition', record.partition ?? 0, 0, 1_000_000);
    const name = `${topic}-${partition}`;
    const offset = this.#offsets.get(name) ?? 0;
    const fields = { ...record, topic, partition, offset, arrivedAtMs: nowMs };
    const id = identifier(name, offset);
    const written = kafkaRecord(fields);
    if (this.#accepts(written)) {
      const stored = { id, arrivedAtMs: nowMs, place: name, bytes: jsonBytes(written), fields };
      this.#pollers[partition % this.#pollers.length]?.add(name, stored);
    }
    this.#offsets.set(name, offset + 1);
    return id;
  }
}

function boundedPolicy(options: KafkaTopicsOptions): Required<RetryPolicy> {
  const policy = retryPolicy(options);
  if (!options.onFailureDestination || policy.maximumRetries !== -1) return policy;
  return { ...policy, maximumRetries: retriesWithDestination };
}

function readIdentifier(itemIdentifier: unknown): string | undefined {
  if (typeof itemIdentifier !== 'object' || itemIdentifier === null) return undefined;
  const { partition, offset } = itemIdentifier as { readonly partition?: unknown; readonly offset?: unknown };
  return typeof partition === 'string' && typeof offset === 'number'
    ? identifier(partition, offset)
    : undefined;
}

function identifier(partition: string, offset: number): string {
  return `${partition}@${offset}`;
}
