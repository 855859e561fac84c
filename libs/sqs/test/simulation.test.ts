import { batchHandler } from '@parallel-lambda/batch';
import {
  drain,
  DynamoDbStream,
  KafkaTopics,
  KinesisStream,
  seededRandom,
  SqsQueue,
  type EventSource,
  type Fault,
  type Random,
} from '@parallel-lambda/event-sources';
import { promiseWorkers } from '@parallel-lambda/promise-workers';
import { expect, it } from 'vitest';

import { sqsRedelivery } from '../src/index.ts';
import { work } from './fates-of.ts';
import { RecordingClient } from './recording-client.ts';

const MESSAGES = 400;
const ROUNDS = 6;
const park = 'https://sqs.us-east-1.amazonaws.com/123456789012/parked';
const faults: readonly Fault[] = ['killed', 'error', 'timeout'];
/** What the work does at each attempt, and at all further ones the last. */
const lives = [
  'succeed',
  'succeed',
  'succeed',
  'fail,succeed',
  'fail',
  'give up',
  'fail,give up',
  'retry in 5,succeed',
];

interface Simulated {
  readonly source: EventSource;
  readonly send: (text: string, lane: number) => string;
}

const retries = { batchSize: 50, maximumRetries: 8, bisectBatchOnFunctionError: true };

/** Creates a source. Its visibility timeout is longer than any invocation. */
const sources: Readonly<Record<string, () => Simulated>> = {
  SQS() {
    const queue = new SqsQueue({ batchSize: 50, maxReceiveCount: 8, visibilityTimeoutMs: 720_000 });
    return { source: queue, send: (body) => queue.send({ body }, 0) };
  },
  'SQS FIFO'() {
    const queue = new SqsQueue({ fifo: true, maxReceiveCount: 8, visibilityTimeoutMs: 720_000 });
    return { source: queue, send: (body, lane) => queue.send({ body, messageGroupId: String(lane) }, 0) };
  },
  Kinesis() {
    const stream = new KinesisStream({ ...retries, shards: 2 });
    return { source: stream, send: (data, lane) => stream.put({ partitionKey: String(lane), data }, 0) };
  },
  'DynamoDB Streams'() {
    const stream = new DynamoDbStream({ ...retries, shards: 2 });
    const send: Simulated['send'] = (text, lane) => {
      const keys = { id: { S: String(lane) } };
      return stream.put({ keys, newImage: { ...keys, body: { S: text } } }, 0);
    };
    return { source: stream, send };
  },
  Kafka() {
    const topics = new KafkaTopics({ ...retries, pollers: 2 });
    return { source: topics, send: (value, lane) => topics.produce({ partition: lane, value }, 0) };
  },
};

/** One run of a source, until it is empty. */
class Round {
  readonly #random: Random;
  readonly #attempts = new Map<string, number>();
  readonly succeeded = new Set<string>();
  /** How often each message was parked, by invocations whose response counted, and by others. */
  readonly parked = { answered: new Map<string, number>(), lost: new Map<string, number>() };

  constructor(random: Random) {
    this.#random = random;
  }

  /** Processes an event; the calls of one invocation in ten are refused. */
  async invoke(event: object, isLost: boolean): Promise<unknown> {
    const client = new RecordingClient();
    if (this.#random() < 0.1) client.error = new Error('refused');
    const handler = batchHandler(
      promiseWorkers({
        work: ({ id, text }) => {
          const life = /"?life-\d+:([^"]*)/.exec(text)?.[1]?.split(',') ?? [];
          const attempt = this.#attempts.get(id) ?? 0;
          this.#attempts.set(id, attempt + 1);
          work({ text: life[attempt] ?? life.at(-1) ?? '' });
          if (!isLost) this.succeeded.add(id);
        },
      }),
      { redelivery: sqsRedelivery({ client, park }), logger: { error: () => 0, warn: () => 0 } },
    );
    const response = await handler(event);
    if (client.error) return response;
    for (const { MessageAttributes } of client.sent.flatMap(({ Entries }) => Entries)) {
      const id = MessageAttributes.ParkedMessageId?.StringValue ?? '';
      const counts = isLost ? this.parked.lost : this.parked.answered;
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return response;
  }
}

it.each(Object.keys(sources))(
  'no message of %s is lost, and none is parked twice by invocations whose response counted',
  async (name) => {
    for (let seed = 1; seed <= ROUNDS; seed += 1) {
      const random = seededRandom(seed);
      const round = new Round(random);
      const { source, send } = sources[name]?.() ?? {};
      if (!source || !send) throw new Error(`Unknown source ${name}`);
      const ids = Array.from({ length: MESSAGES }, (_, index) => {
        const life = lives[Math.floor(random() * lives.length)] ?? '';
        return send(`life-${index}:${life}`, Math.floor(random() * 20));
      });
      const lost = new WeakSet<object>();
      const drained = await drain(source, (event) => round.invoke(event, lost.has(event)), {
        seed,
        timeoutMs: 30_000,
        fault(draw, { event }) {
          if (draw() >= 0.05) return undefined;
          lost.add(event);
          return faults[Math.floor(draw() * faults.length)];
        },
      });
      expect(drained.settled).toBe(true);
      const dead = new Set(drained.deadLetters.map(({ messageId }) => messageId));
      const known = (id: string): boolean =>
        round.succeeded.has(id) || dead.has(id) || round.parked.answered.has(id) || round.parked.lost.has(id);
      expect(ids.filter((id) => !known(id))).toEqual([]);
      expect([...round.parked.answered.values()].filter((count) => count > 1)).toEqual([]);
      expect(round.parked.answered.size).toBeGreaterThan(20);
      // What was parked by an invocation whose response was lost alone is still the source's to deliver.
      const onlyLost = [...round.parked.lost.keys()].filter((id) => !round.parked.answered.has(id));
      expect(onlyLost.filter((id) => !dead.has(id) && !round.succeeded.has(id))).toEqual([]);
    }
  },
);
