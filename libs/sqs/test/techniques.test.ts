import { adaptive, GiveUp, RetryLater, type BatchEnd, type Technique } from '@parallel-lambda/batch';
import { fiberWorkers } from '@parallel-lambda/fiber-workers';
import { promiseWorkers } from '@parallel-lambda/promise-workers';
import { threadWorkers } from '@parallel-lambda/thread-workers';
import * as Effect from 'effect/Effect';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { fatesOf } from './fates-of.ts';
import { LocalQueues } from './local-queue.ts';
import { RecordingClient } from './recording-client.ts';
import { sqsEvent } from './sqs-event.ts';
import work from './work.ts';

let queues: LocalQueues;

beforeAll(async () => {
  queues = await LocalQueues.start();
});
afterAll(async () => {
  await queues[Symbol.asyncDispose]();
});

const threads = threadWorkers({ work: new URL('work.ts', import.meta.url), threads: 2 });
afterAll(() => threads[Symbol.asyncDispose]());

/** Fails with typed failures, as in the type of the Effect. */
const typed = fiberWorkers({
  work: ({ text }): Effect.Effect<void, GiveUp | RetryLater | TypeError> => {
    if (text.startsWith('give up')) return Effect.fail(new GiveUp(`because of ${text}`));
    if (text.startsWith('retry in 30')) return Effect.fail(new RetryLater({ seconds: 30 }));
    return text === 'fail' ? Effect.fail(new TypeError(text)) : Effect.void;
  },
});

const techniques: readonly (readonly [string, Technique])[] = [
  ['promise workers', promiseWorkers({ work })],
  ['thread workers', threads],
  ['fiber workers, as typed failures of an Effect', typed],
  [
    'fiber workers, in the cause of a typed failure',
    fiberWorkers({
      work: (message) =>
        Effect.try({
          try: () => {
            work(message);
          },
          catch: (cause) => new Error('The service failed', { cause }),
        }),
    }),
  ],
];

describe.each(techniques)('%s', (name, technique) => {
  it('delay and park messages of a queue that supports the SQS protocol', async () => {
    const [source, parking] = [`orders of ${name}`, `parked of ${name}`].map((text) =>
      text.replace(/\W+/g, '-'),
    );
    if (!source || !parking) throw new Error('A queue has no name');
    const url = queues.create(source);
    const park = queues.create(parking);
    const Entries = ['succeed', 'give up', 'retry in 30', 'fail'].map((MessageBody, id) => ({
      ...{ Id: String(id), MessageBody },
    }));
    await queues.client.sendMessageBatch({ QueueUrl: url, Entries });
    const event = await queues.receive(url);
    const [, givenUp, later, failed] = event.Records;

    const { reported, end } = await fatesOf(event, { client: queues.client, park }, { technique });

    expect(reported).toEqual([later?.messageId, failed?.messageId]);
    expect(end.fates).toEqual([undefined, 'parked', 'delayed', undefined]);
    expect(queues.hiddenSeconds(source)).toMatchObject({ 'retry in 30': 30, fail: 180 });
    const [copy, ...others] = queues.waiting(parking);
    expect(others).toEqual([]);
    expect(copy?.body).toBe('give up');
    const text = (StringValue: unknown) => ({ DataType: 'String', StringValue });
    expect(copy?.messageAttributes).toEqual({
      ParkedReason: text('because of give up'),
      ParkedMessageId: text(givenUp?.messageId),
      ParkedFrom: text(givenUp?.eventSourceARN),
      ParkedAt: text(expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)),
      ParkedReceiveCount: { DataType: 'Number', StringValue: '1' },
    });
  });
});

describe('adaptive workers', () => {
  it('hold messages back while all fail, and these wait longer than those that failed', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const client = new RecordingClient();
    const technique = promiseWorkers({
      work: () => Promise.reject(new Error('The service is down')),
      workers: adaptive({ max: 16 }),
    });
    const event = sqsEvent(...Array.from({ length: 100 }, (_, index) => `fail ${index}`));
    const { end } = await fatesOf(event, { client, backoff: { firstSeconds: 5 } }, { technique });
    vi.restoreAllMocks();
    const seconds = Map.groupBy(Object.entries(client.seconds), ([id]) => isHeldBack(end, id));
    expect(new Set(seconds.get(false)?.map(([, each]) => each))).toEqual(new Set([5]));
    expect(new Set(seconds.get(true)?.map(([, each]) => each))).toEqual(new Set([60]));
    expect(seconds.get(true)?.length).toBeGreaterThan(50);
  });
});

function isHeldBack({ messages, outcomes }: BatchEnd, id: string): boolean {
  const outcome = outcomes[messages.findIndex((message) => message.id === id)];
  return outcome?.status === 'unfinished' && outcome.reason === 'held back';
}
