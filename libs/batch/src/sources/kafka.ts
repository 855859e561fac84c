import { describe } from '../describe.ts';
import { InvalidEventError } from '../errors.ts';
import { invalid } from './required.ts';
import type { Source } from './source.ts';

interface KafkaRecord {
  readonly topic?: unknown;
  readonly partition?: unknown;
  readonly offset?: unknown;
  readonly key?: unknown;
  readonly value?: unknown;
}

/**
 * Kafka, managed (MSK) and self-managed: one lane per partition, or by option per key within a partition. The response
 * names every record that did not succeed. Partial responses need the mapping's provisioned mode. A record whose value is
 * null, a tombstone, has an empty text.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
 */
export const kafka: Source = {
  name: 'Kafka',
  delivers: (eventSource) => eventSource === 'aws:kafka' || eventSource === 'SelfManagedKafka',
  readHead(record: KafkaRecord, { kafkaLanes }) {
    const { topic, partition, offset, key, value } = record;
    if (typeof topic !== 'string' || topic === '' || !isPartition(partition) || !isCount(offset)) {
      const received = describe({ topic, partition, offset });
      throw new InvalidEventError(`A Kafka record must have topic, partition and offset, not ${received}`);
    }
    if (value != null && typeof value !== 'string') {
      throw invalid("A Kafka record's value must be base64 or null", value);
    }
    const place = `${topic}-${partition}`;
    const id = `${place}@${offset}`;
    if (kafkaLanes !== 'key') return { id, lane: place };
    // Without a key there is no order: such a record has its own lane.
    return { id, lane: typeof key === 'string' ? `${place} ${key}` : undefined };
  },
  content: ({ value }: KafkaRecord) => (value as string | null | undefined) ?? '',
  encoding: 'base64',
  checkpoint: false,
  // By the id: work may have changed the record.
  identify({ id }) {
    const [partition = '', offset] = id.split('@');
    return { partition, offset: Number(offset) };
  },
};

/**
 * Kafka through EventBridge Pipes: a flat list of records. A pipe does not support partial responses
 * for Kafka: it retries the whole batch.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-msk.html
 */
export const kafkaPipe: Source = {
  ...kafka,
  name: 'Kafka through EventBridge Pipes',
  wholeBatch: true,
};

/** A pipe has it as text. */
function isPartition(value: unknown): value is number | string {
  return isCount(typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
