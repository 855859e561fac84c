import type { KafkaRecord } from './kafka-record.ts';

/** Event of Lambda for records of Kafka topics. */
export interface KafkaEvent {
  readonly eventSource: 'aws:kafka' | 'SelfManagedKafka';
  /** ARN of an MSK cluster; a self-managed one has none. */
  readonly eventSourceArn?: string;
  /** Host and port of each broker, separated by commas. */
  readonly bootstrapServers: string;
  /** Records by topic and partition, such as `topic-0`. */
  readonly records: Readonly<Record<string, readonly KafkaRecord[]>>;
}

/** Cluster of a Kafka event. */
export interface KafkaEventOptions {
  /** True if the cluster is not MSK's. @default false */
  readonly selfManaged?: boolean;
  /** ARN of an MSK cluster. @default one of AWS's example account */
  readonly clusterArn?: string;
  /** Host and port of each broker, separated by commas. @default two of example.com */
  readonly bootstrapServers?: string;
}

const exampleCluster =
  'arn:aws:kafka:us-east-1:123456789012:cluster/lab/6cc0432b-8618-4f44-bccc-e1fbd8fb7c4d-2';
const exampleServers = 'b-1.lab.example.com:9092,b-2.lab.example.com:9092';

/**
 * An event of Kafka topics, as Lambda passes it to a function.
 *
 * @param records in the order of the batch; those of a partition in the order of their offsets
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html
 */
export function kafkaEvent(
  records: readonly KafkaRecord[],
  {
    selfManaged = false,
    clusterArn = exampleCluster,
    bootstrapServers = exampleServers,
  }: KafkaEventOptions = {},
): KafkaEvent {
  const grouped = Map.groupBy(records, ({ topic, partition }) => `${topic}-${partition}`);
  return {
    eventSource: selfManaged ? 'SelfManagedKafka' : 'aws:kafka',
    ...(!selfManaged && { eventSourceArn: clusterArn }),
    bootstrapServers,
    records: Object.fromEntries(grouped),
  };
}
