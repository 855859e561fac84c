/** Fields of a record that tests choose. The others are as in AWS's example events. */
export interface KafkaRecordFields {
  /** @default 'topic' */
  readonly topic?: string;
  /** @default 0 */
  readonly partition?: number;
  /** @default 0 */
  readonly offset?: number;
  /** @default null */
  readonly key?: string | Uint8Array | null;
  /** `null` is a tombstone. */
  readonly value: string | Uint8Array | null;
  /** @default none */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Milliseconds since 1970. @default 1545084650987 */
  readonly arrivedAtMs?: number;
}

/** A record of a Kafka event. */
export type KafkaRecord = ReturnType<typeof kafkaRecord>;

/**
 * A record of a Kafka topic as Lambda passes it to a function: key and value in base64, header values as bytes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
 */
export function kafkaRecord(fields: KafkaRecordFields) {
  const { topic = 'topic', partition = 0, offset = 0, key = null, value, headers = [] } = fields;
  return {
    topic,
    partition,
    offset,
    timestamp: fields.arrivedAtMs ?? 1545084650987,
    timestampType: 'CREATE_TIME',
    key: base64(key),
    value: base64(value),
    headers: headers.map(([name, text]) => ({ [name]: [...Buffer.from(text)] })),
  };
}

function base64(bytes: string | Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('base64');
}
