import * as fc from 'fast-check';
import { describe, it } from 'vitest';

import { seededRandom } from '../src/drain/seeded-random.ts';
import { DynamoDbStream } from '../src/dynamodb/dynamodb-stream.ts';
import { KafkaTopics } from '../src/kafka/kafka-topics.ts';
import { KinesisStream } from '../src/kinesis/kinesis-stream.ts';
import { SqsQueue } from '../src/sqs/sqs-queue.ts';
import type { Rules } from './answer.ts';
import { played } from './played.ts';
import { seeded } from './seeded.ts';

const crowd = {
  seed: fc.integer(),
  lanes: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 }),
  batchSize: fc.integer({ min: 1, max: 10 }),
};

const queue = fc.record({
  ...crowd,
  visibilityTimeoutMs: fc.constantFrom(60, 200, 30_000),
  maxReceiveCount: fc.constantFrom(1, 2, 5, Infinity),
});

const retries = {
  ...crowd,
  maximumRetries: fc.constantFrom(-1, 0, 1, 3),
  bisectBatchOnFunctionError: fc.boolean(),
  retryDelayMs: fc.constantFrom(0, 50),
  windowMs: fc.constantFrom(0, 100),
  maximumRecordAgeMs: fc.constantFrom(Infinity, 60_000),
};

/** Start time at which a record of the maximum age is soon too old. */
const arrivedAtMs = -59_800;

const stream = fc.record({
  ...retries,
  shards: fc.integer({ min: 1, max: 3 }),
  parallelizationFactor: fc.integer({ min: 1, max: 3 }),
});

const topics = fc.record({ ...retries, pollers: fc.integer({ min: 1, max: 3 }) });

describe('no message is lost, whatever the response and the fault', () => {
  it('by a standard queue, not even when it delivers some twice', () => {
    const property = fc.property(queue, ({ seed, lanes, ...options }) => {
      const random = seededRandom(seed);
      const source = new SqsQueue({ ...options, repeats: () => random() < 0.1 });
      const ids = lanes.map((body) => source.send({ body }, 0));
      played(
        source,
        ids,
        rules(lanes, { ordered: false, visibilityMs: options.visibilityTimeoutMs }),
        random,
      );
    });
    fc.assert(property, seeded);
  });

  it('by a FIFO queue, and each group keeps its order', () => {
    const property = fc.property(queue, ({ seed, lanes, ...options }) => {
      const source = new SqsQueue({ ...options, fifo: true });
      const ids = lanes.map((lane) => source.send({ body: lane, messageGroupId: lane }, 0));
      played(source, ids, rules(lanes, { visibilityMs: options.visibilityTimeoutMs }), seededRandom(seed));
    });
    fc.assert(property, seeded);
  });

  it('by a Kinesis stream, and each partition key keeps its order', () => {
    const property = fc.property(stream, ({ seed, lanes, ...options }) => {
      const source = new KinesisStream(options);
      const ids = lanes.map((lane) => source.put({ partitionKey: lane, data: lane }, arrivedAtMs));
      played(source, ids, rules(lanes, { checkpoint: true }), seededRandom(seed));
    });
    fc.assert(property, seeded);
  });

  it('by a DynamoDB stream, and each item keeps its order', () => {
    const property = fc.property(stream, ({ seed, lanes, ...options }) => {
      const source = new DynamoDbStream(options);
      const ids = lanes.map((lane) => source.put({ keys: { id: { S: lane } } }, arrivedAtMs));
      played(source, ids, rules(lanes, { checkpoint: true }), seededRandom(seed));
    });
    fc.assert(property, seeded);
  });

  it('by Kafka topics, and the rest of a partition is delivered in order', () => {
    const property = fc.property(topics, ({ seed, lanes, ...options }) => {
      const source = new KafkaTopics(options);
      const ids = lanes.map((lane) =>
        source.produce({ partition: 'abcd'.indexOf(lane), value: lane }, arrivedAtMs),
      );
      const nameOf = (id: string) => {
        const [partition, offset] = id.split('@');
        return { partition, offset: Number(offset) };
      };
      played(source, ids, rules(lanes, { nameOf }), seededRandom(seed));
    });
    fc.assert(property, seeded);
  });
});

function rules(lanes: readonly string[], particular: Partial<Rules>): Rules {
  return {
    laneOf: (index) => lanes[index] ?? '',
    ordered: true,
    checkpoint: false,
    visibilityMs: Infinity,
    nameOf: (id) => id,
    ...particular,
  };
}
