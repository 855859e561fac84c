/** What a test says of a Kafka record; the rest is as Lambda delivers it. */
export interface KafkaFields {
  readonly topic?: unknown;
  readonly partition?: unknown;
  readonly offset?: unknown;
  /** As it was sent. */
  readonly key?: string | null;
  readonly otherwise?: Readonly<Record<string, unknown>>;
}

/** A record of a Kafka topic. */
export function kafkaRecord({
  topic = 'orders',
  partition = 0,
  offset = 0,
  key = null,
  otherwise,
}: KafkaFields): object {
  return {
    topic,
    partition,
    offset,
    timestamp: 1545084650987,
    timestampType: 'CREATE_TIME',
    key: key === null ? null : Buffer.from(key).toString('base64'),
    value: Buffer.from(`value at ${String(offset)}`).toString('base64'),
    headers: [],
    ...otherwise,
  };
}
