export { dynamoDbRecord } from './dynamodb/dynamodb-record.ts';
export type {
  AttributeValue,
  DynamoDbEvent,
  DynamoDbRecord,
  DynamoDbRecordFields,
  Item,
} from './dynamodb/dynamodb-record.ts';
export { DynamoDbStream, type ItemChange } from './dynamodb/dynamodb-stream.ts';
export type { DeadLetter, Delivery, EventSource, InvocationResult } from './event-source.ts';
export { PatternError } from './filter/event-pattern.ts';
export { recordFilter, type FilteredSource, type RecordFilter } from './filter/record-filter.ts';
export { kafkaEvent, type KafkaEvent, type KafkaEventOptions } from './kafka/kafka-event.ts';
export { kafkaRecord, type KafkaRecord, type KafkaRecordFields } from './kafka/kafka-record.ts';
export { KafkaTopics, type KafkaTopicsOptions, type ProducedRecord } from './kafka/kafka-topics.ts';
export { aggregatedData, type UserRecord } from './kinesis/aggregated-data.ts';
export { kinesisRecord } from './kinesis/kinesis-record.ts';
export type { KinesisEvent, KinesisRecord, KinesisRecordFields } from './kinesis/kinesis-record.ts';
export { KinesisStream } from './kinesis/kinesis-stream.ts';
export type { DiscardedBatch, StreamSource } from './polled/discarded-batch.ts';
export type { RetryPolicy } from './polled/retry-policy.ts';
export type { StreamOptions } from './polled/stream-options.ts';
export { growth, provisionedPoller, type ProvisionedPollers } from './real-time/concurrency-growth.ts';
export { sqsEvent, sqsTextEvent, type SqsEvent } from './sqs/sqs-event.ts';
export type { SqsQueueOptions } from './sqs/sqs-options.ts';
export { SqsQueue, type SentSqsMessage } from './sqs/sqs-queue.ts';
export { sqsRecord, type SqsRecord, type SqsRecordFields } from './sqs/sqs-record.ts';
export { drain, type Drained, type DrainOptions, type Fault } from './drain/drain.ts';
export { seededRandom, type Random } from './drain/seeded-random.ts';
