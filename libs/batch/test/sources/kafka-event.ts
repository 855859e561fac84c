import { kafkaRecord, type KafkaFields } from './kafka-record.ts';

/**
 * An event of a managed Kafka cluster.
 *
 * @param records in the order of the event; those of a partition together
 */
export function kafkaEvent(...records: readonly KafkaFields[]): object {
  const lists: Record<string, object[]> = {};
  for (const fields of records) {
    const { topic = 'orders', partition = 0 } = fields;
    (lists[`${String(topic)}-${String(partition)}`] ??= []).push(kafkaRecord(fields));
  }
  return {
    eventSource: 'aws:kafka',
    eventSourceArn:
      'arn:aws:kafka:us-east-2:123456789012:cluster/orders/6cc0432b-8618-4f44-bccc-e1fbd8fb7c4d-2',
    bootstrapServers: 'b-1.orders.example.com:9092',
    records: lists,
  };
}
