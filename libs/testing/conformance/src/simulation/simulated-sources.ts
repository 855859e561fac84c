import type { BatchHandlerOptions } from '@parallel-lambda/batch';
import {
  DynamoDbStream,
  type EventSource,
  KafkaTopics,
  KinesisStream,
  type Random,
  SqsQueue,
} from '@parallel-lambda/event-sources';

/** An empty source. */
export interface OpenSource {
  readonly source: EventSource;
  /** Sends a message and returns its identifier. */
  readonly send: (text: string, lane: number) => string;
  /** Changes when a message in flight becomes visible again: `ms` from now. Absent if the source cannot. */
  readonly delay?: (receiptHandle: string, ms: number, nowMs: number) => void;
  readonly options?: BatchHandlerOptions;
}

/** A kind of source to simulate. */
export interface SimulatedSource {
  readonly name: string;
  /** True if it promises that the messages of a lane are processed in the order in which they were sent. */
  readonly ordered: boolean;
  readonly largestBatch: number;
  /**
   * Creates a source with random settings.
   *
   * @param exactlyOnce whether no message is redelivered while it is in flight or after it is settled
   */
  open(random: Random, batchSize: number, exactlyOnce: boolean): OpenSource;
}

/** Longer than any invocation of the drain. */
const longVisibilityMs = 720_000;
/** Shorter than half of the invocations, so that a message is redelivered while it is in flight. */
const shortVisibilityMs = 500;

/** Every source of the contract; Kafka once per `kafkaLanes`. */
export const simulatedSources: readonly SimulatedSource[] = [
  {
    name: 'SQS',
    ordered: false,
    largestBatch: 10_000,
    open(random, batchSize, exactlyOnce) {
      const queue = new SqsQueue({
        batchSize,
        maxReceiveCount: within(random, 3, 8),
        visibilityTimeoutMs: random() < 0.2 && !exactlyOnce ? shortVisibilityMs : longVisibilityMs,
        repeats: () => !exactlyOnce && random() < 0.02,
      });
      return { source: queue, send: (body) => queue.send({ body }, 0), delay: delayOf(queue) };
    },
  },
  {
    name: 'SQS FIFO',
    ordered: true,
    largestBatch: 10,
    open(random, batchSize) {
      const queue = new SqsQueue({
        fifo: true,
        batchSize,
        maxReceiveCount: within(random, 3, 8),
        visibilityTimeoutMs: longVisibilityMs,
      });
      return {
        source: queue,
        send: (body, lane) => queue.send({ body, messageGroupId: `group ${lane}` }, 0),
        delay: delayOf(queue),
      };
    },
  },
  {
    name: 'Kinesis',
    ordered: true,
    largestBatch: 10_000,
    open(random, batchSize) {
      const stream = new KinesisStream({ batchSize, ...drawStream(random) });
      return { source: stream, send: (data, lane) => stream.put({ partitionKey: `key ${lane}`, data }, 0) };
    },
  },
  {
    name: 'DynamoDB Streams',
    ordered: true,
    largestBatch: 10_000,
    open(random, batchSize) {
      const stream = new DynamoDbStream({ batchSize, ...drawStream(random) });
      return {
        source: stream,
        send(text, lane) {
          const keys = { id: { S: `item ${lane}` } };
          return stream.put({ keys, newImage: { ...keys, body: { S: text } } }, 0);
        },
      };
    },
  },
  {
    name: 'Kafka',
    ordered: true,
    largestBatch: 10_000,
    open(random, batchSize) {
      const topics = new KafkaTopics({ batchSize, pollers: within(random, 1, 4), ...drawRetries(random) });
      return { source: topics, send: (value, lane) => topics.produce({ partition: lane, value }, 0) };
    },
  },
  {
    name: 'Kafka, lanes by key',
    ordered: true,
    largestBatch: 10_000,
    open(random, batchSize) {
      const topics = new KafkaTopics({ batchSize, pollers: within(random, 1, 4), ...drawRetries(random) });
      const partitions = within(random, 1, 6);
      return {
        source: topics,
        send: (value, lane) => topics.produce({ partition: lane % partitions, key: `key ${lane}`, value }, 0),
        options: { kafkaLanes: 'key' },
      };
    },
  },
];

function delayOf(queue: SqsQueue): NonNullable<OpenSource['delay']> {
  return (receiptHandle, ms, nowMs) => {
    queue.changeVisibility(receiptHandle, ms, nowMs);
  };
}

function drawStream(random: Random): object {
  return {
    shards: within(random, 1, 3),
    parallelizationFactor: within(random, 1, 3),
    ...drawRetries(random),
  };
}

/** Bounded, because some messages never succeed. */
function drawRetries(random: Random): object {
  return { maximumRetries: within(random, 2, 10), bisectBatchOnFunctionError: random() < 0.7 };
}

function within(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1));
}
