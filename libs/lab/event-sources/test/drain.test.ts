import { describe, expect, it } from 'vitest';

import { drain, type DrainOptions } from '../src/drain/drain.ts';
import { seededRandom } from '../src/drain/seeded-random.ts';
import type { EventSource } from '../src/event-source.ts';
import { KafkaTopics } from '../src/kafka/kafka-topics.ts';
import { KinesisStream } from '../src/kinesis/kinesis-stream.ts';
import type { SqsQueueOptions } from '../src/sqs/sqs-options.ts';
import { SqsQueue } from '../src/sqs/sqs-queue.ts';

const seed = 20_261_123;

describe('a drained source', () => {
  it('gives its batches to the function until every message is done', async () => {
    const worked: string[] = [];
    const drained = await drain(
      queueOf(25),
      ({ Records }) => void worked.push(...Records.map(({ body }) => body)),
      { seed },
    );
    expect(worked.toSorted()).toEqual(texts(25).toSorted());
    expect(drained).toMatchObject({ settled: true, invocations: 3, failed: 0, deadLetters: [] });
    expect([...drained.deliveries.values()]).toEqual(Array.from({ length: 25 }, () => 1));
  });

  it('has as many batches in flight as it may, and no more', async () => {
    const gate = Promise.withResolvers<null>();
    let running = 0;
    let max = 0;
    const drained = drain(
      queueOf(20, { batchSize: 1 }),
      () => {
        running += 1;
        max = Math.max(max, running);
        if (running === 4) gate.resolve(null);
        return gate.promise.finally(() => (running -= 1));
      },
      { seed, maximumConcurrency: 4 },
    );
    expect(await drained).toMatchObject({ settled: true, invocations: 20 });
    expect(max).toBe(4);
  });

  it('settles in the order of the virtual durations, whichever answered first', async () => {
    const { queue, settled } = recordedQueue(['first', 'second', 'third']);
    const third = Promise.withResolvers<null>();
    const durations = [10, 30, 20];
    const drained = await drain(
      queue,
      ({ Records }) => {
        if (Records[0]?.body === 'third') third.resolve(null);
        return Records[0]?.body === 'first' ? third.promise : null;
      },
      { seed, durationMs: () => durations.shift() ?? 0 },
    );
    expect(settled).toEqual(['first at 10', 'third at 20', 'second at 30']);
    expect(drained.nowMs).toBe(30);
  });

  it('settles what ends together in the order in which it began', async () => {
    const { queue, settled } = recordedQueue(['first', 'second', 'third']);
    await drain(queue, () => null, { seed, durationMs: () => 10 });
    expect(settled).toEqual(['first at 10', 'second at 10', 'third at 10']);
  });

  it('jumps to the time when messages are visible again', async () => {
    let invoked = 0;
    const failOnce = () => {
      invoked += 1;
      if (invoked === 1) throw new Error('no');
    };
    const drained = await drain(queueOf(1), failOnce, { seed, durationMs: () => 5 });
    expect(drained).toMatchObject({ settled: true, invocations: 2, failed: 1, nowMs: 30_005 });
  });

  it('treats a rejection and a throw as an error, and gives the function its remaining time', async () => {
    const remaining: number[] = [];
    const drained = await drain(
      queueOf(1, { maxReceiveCount: 2 }),
      (_, remainingMs) => {
        remaining.push(remainingMs);
        return Promise.reject(new Error('no'));
      },
      { seed, timeoutMs: 7000 },
    );
    expect(remaining).toEqual([7000, 7000]);
    expect(drained.deadLetters.map(({ reason }) => reason)).toEqual(['receives']);
    expect(drained).toMatchObject({ settled: true, failed: 2 });
  });

  it.each(['error', 'timeout', 'killed'] as const)('loses the response to: %s', async (fault) => {
    const faults = [fault];
    const drained = await drain(queueOf(1), () => null, {
      seed,
      durationMs: () => 5,
      timeoutMs: 1000,
      fault: () => faults.pop(),
    });
    expect([...drained.deliveries.values()]).toEqual([2]);
    expect(drained).toMatchObject({ settled: true, failed: 1, nowMs: 30_005 });
  });

  it('times an invocation out that takes longer than the timeout', async () => {
    const durations = [1001, 1000];
    const options = { seed, timeoutMs: 1000, durationMs: () => durations.shift() ?? 0 };
    expect(await drain(queueOf(1), () => null, options)).toMatchObject({ invocations: 2, failed: 1 });
  });

  it('is left unsettled when the invocations are used up', async () => {
    const stream = new KinesisStream();
    stream.put({ partitionKey: 'k', data: 'poison' }, 0);
    const poisoned = () => Promise.reject(new Error('poison'));
    const drained = await drain(stream, poisoned, { seed, maximumInvocations: 7 });
    expect(drained).toMatchObject({ settled: false, invocations: 7, failed: 7, deadLetters: [] });
  });

  it('is equal for equal seeds, and different for others', async () => {
    const run = (other: number) => drain(queueOf(200), () => null, { ...rough, seed: other });
    const [first, second, third] = [await run(1), await run(1), await run(2)];
    expect(second).toEqual(first);
    expect(third.nowMs).not.toBe(first.nowMs);
  });

  it.each([{ maximumConcurrency: 0 }, { timeoutMs: 0 }, { timeoutMs: 5_400_001 }])('refuses %j', (options) =>
    expect(drain(queueOf(1), () => null, { seed, ...options })).rejects.toThrow(RangeError),
  );
});

/** Kills one invocation in ten and lets some last longer than their messages stay hidden. */
const rough: DrainOptions = {
  seed,
  maximumConcurrency: 50,
  durationMs: (random) => Math.ceil(random() * 31_000),
  fault: (random) => (random() < 0.1 ? 'killed' : undefined),
};

const crowds = {
  SQS: (messages: number) => queueOf(messages, { maxReceiveCount: 5, batchSize: 100 }),
  'SQS FIFO': (messages: number) => {
    const queue = new SqsQueue({ fifo: true, maxReceiveCount: 5 });
    for (const [index, body] of texts(messages).entries()) {
      queue.send({ body, messageGroupId: `group ${index % 100}` }, 0);
    }
    return queue;
  },
  Kinesis: (messages: number) => {
    const stream = new KinesisStream({ shards: 10, parallelizationFactor: 10, maximumRetries: 3 });
    for (const data of texts(messages)) stream.put({ partitionKey: data, data }, 0);
    return stream;
  },
  Kafka: (messages: number) => {
    const topics = new KafkaTopics({ pollers: 10, maximumRetries: 3 });
    for (const [partition, value] of texts(messages).entries()) {
      topics.produce({ partition: partition % 20, value }, 0);
    }
    return topics;
  },
};

describe('a crowd of messages under a rough function', () => {
  it.each(Object.keys(crowds) as (keyof typeof crowds)[])('of %s is settled to the last', async (name) => {
    const random = seededRandom(seed);
    const moody = () => (random() < 0.1 ? Promise.reject(new Error('no')) : Promise.resolve(null));
    const source: EventSource = crowds[name](10_000);
    const drained = await drain(source, moody, rough);
    expect(drained.settled).toBe(true);
    expect(drained.deliveries.size).toBe(10_000);
    expect(drained.failed).toBeGreaterThan(0);
  });
});

function queueOf(messages: number, options: SqsQueueOptions = {}): SqsQueue {
  const queue = new SqsQueue(options);
  for (const body of texts(messages)) queue.send({ body }, 0);
  return queue;
}

/** A queue with these messages, a batch each, and what was settled of it when. */
function recordedQueue(bodies: readonly string[]) {
  const settled: string[] = [];
  class RecordedQueue extends SqsQueue {
    override settle(...[delivery, result, nowMs]: Parameters<SqsQueue['settle']>): number {
      settled.push(`${delivery.event.Records[0]?.body ?? ''} at ${nowMs}`);
      return super.settle(delivery, result, nowMs);
    }
  }
  const queue = new RecordedQueue({ batchSize: 1 });
  for (const body of bodies) queue.send({ body }, 0);
  return { queue, settled };
}

function texts(messages: number): readonly string[] {
  return Array.from({ length: messages }, (_, index) => `message ${index}`);
}
