import { kafkaEvent as eventOf, kafkaRecord as recordOf } from '@parallel-lambda/event-sources';

/** The fields of a Kafka record that a test sets, also to wrong values. */
export interface KafkaFields {
  readonly topic?: unknown;
  readonly partition?: unknown;
  readonly offset?: unknown;
  /** The value as it was sent. */
  readonly key?: string | null;
  readonly otherwise?: Readonly<Record<string, unknown>>;
}

/** Creates a record of a Kafka topic. */
export function kafkaRecord({
  topic = 'orders',
  partition = 0,
  offset = 0,
  key = null,
  otherwise,
}: KafkaFields): object {
  return {
    ...recordOf({ key, value: `value at ${String(offset)}` }),
    topic,
    partition,
    offset,
    ...otherwise,
  };
}

/**
 * Creates an event of a managed Kafka cluster.
 *
 * @param records in the order of the event; those of a partition together
 */
export function kafkaEvent(...records: readonly KafkaFields[]): object {
  const lists: Record<string, object[]> = {};
  for (const fields of records) {
    const { topic = 'orders', partition = 0 } = fields;
    (lists[`${String(topic)}-${String(partition)}`] ??= []).push(kafkaRecord(fields));
  }
  return { ...eventOf([]), records: lists };
}
