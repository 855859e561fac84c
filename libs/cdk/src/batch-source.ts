import type { BatchSource as Source } from './bound-source.ts';
import { dynamodbSource } from './sources/dynamodb.ts';
import { kafkaSource } from './sources/kafka.ts';
import { kinesisSource } from './sources/kinesis.ts';
import { queueSource } from './sources/queue.ts';

/** The source of a function's batches. */
export type BatchSource = Source;

/** Creates the source of a function's batches from a queue, a stream, a table or a topic. */
export const BatchSource = {
  sqs: queueSource,
  kinesis: kinesisSource,
  dynamodb: dynamodbSource,
  kafka: kafkaSource,
} as const;
