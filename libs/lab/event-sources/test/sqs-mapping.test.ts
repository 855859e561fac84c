import { describe, expect, it } from 'vitest';

import type { SqsEvent } from '../src/index.ts';
import type { Handover } from '../src/real-time/index.ts';
import { failing, succeeding } from './failing.ts';
import { QueueUnderTest, type QueueUnderTestOptions } from './queue-under-test.ts';

const bodiesOf = (event: object) => (event as SqsEvent).Records.map(({ body }) => body);
const idsOf = (event: object) => (event as SqsEvent).Records.map(({ messageId }) => messageId);
const created = (options?: QueueUnderTestOptions) => QueueUnderTest.create(options);

/** Resolves with a number of results of a mapping. */
function settlements(count: number) {
  const { promise, resolve } = Promise.withResolvers<readonly object[]>();
  const settled: object[] = [];
  const onSettled = (batch: object): void => {
    settled.push(batch);
    if (settled.length === count) resolve(settled);
  };
  return { onSettled, settled: promise };
}

describe('a mapping of a queue', () => {
  it('hands messages over as Lambda does, and deletes them when they are done', async () => {
    await using queue = await created();
    const { onSettled, settled } = settlements(1);
    const events: object[] = [];
    await queue.send('a', 'b');
    const invoke = (event: object) => {
      events.push(event);
      return Promise.resolve(succeeding);
    };
    queue.map(invoke, { onSettled });
    await expect(settled).resolves.toMatchObject([{ messages: 2, failed: 0 }]);
    expect((events[0] as SqsEvent).Records[0]).toEqual({
      messageId: expect.any(String) as string,
      receiptHandle: expect.any(String) as string,
      body: 'a',
      attributes: {
        ApproximateReceiveCount: '1',
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d+$/) as string,
        SentTimestamp: expect.stringMatching(/^\d+$/) as string,
        SenderId: expect.any(String) as string,
      },
      messageAttributes: {},
      md5OfBody: '0cc175b9c0f1b6a831c399e269772661',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:queue',
      awsRegion: 'us-east-1',
    });
    await expect(queue.left()).resolves.toBe(0);
  });

  it('deletes the messages that its filter rejects', async () => {
    await using queue = await created();
    const { onSettled, settled } = settlements(1);
    const delivered: string[] = [];
    await queue.send('skip', 'keep', 'skip');
    const accepts = (record: object) => (record as { readonly body: string }).body === 'keep';
    const invoke = (event: object) => {
      delivered.push(...bodiesOf(event));
      return Promise.resolve(succeeding);
    };
    queue.map(invoke, { onSettled, accepts });
    await settled;
    expect(delivered).toEqual(['keep']);
    await expect.poll(() => queue.left()).toBe(0);
  });

  it('leaves a failed message to the queue, until it is a dead letter', async () => {
    await using queue = await created({ visibilitySeconds: 1, maxReceiveCount: 2 });
    const deliveries: string[][] = [];
    await queue.send('good', 'bad');
    const invoke = (event: object) => {
      deliveries.push(bodiesOf(event));
      return Promise.resolve(failing(idsOf(event)[bodiesOf(event).indexOf('bad')]));
    };
    queue.map(invoke);
    await expect(queue.deadLetter()).resolves.toBe('bad');
    expect(deliveries).toEqual([['good', 'bad'], ['bad']]);
    await expect(queue.left()).resolves.toBe(0);
  });

  it.each<[string, Handover]>([
    ['threw', { kind: 'error' }],
    ['timed out', { kind: 'timeout' }],
    ['was killed', { kind: 'killed' }],
    ['named nothing', { kind: 'response', payload: { batchItemFailures: [{ itemIdentifier: '' }] } }],
    ['named null', { kind: 'response', payload: { batchItemFailures: [{ itemIdentifier: null }] } }],
    ['used a wrong key', { kind: 'response', payload: { batchItemFailures: [{ id: 'x' }] } }],
    ['named another', { kind: 'response', payload: { batchItemFailures: [{ itemIdentifier: 'x' }] } }],
  ])('keeps the whole batch when the function %s', async (_, handover) => {
    await using queue = await created();
    const { onSettled, settled } = settlements(1);
    await queue.send('a', 'b');
    queue.map(() => Promise.resolve(handover), { onSettled });
    await expect(settled).resolves.toMatchObject([{ messages: 2, failed: 2 }]);
    await expect(queue.left()).resolves.toBe(2);
  });

  it.each([null, '', {}, { batchItemFailures: [] }, { batchItemFailures: null }, { failures: ['x'] }])(
    'deletes the whole batch after the response %j',
    async (payload) => {
      await using queue = await created();
      const { onSettled, settled } = settlements(1);
      await queue.send('a', 'b');
      const handover = { kind: 'response', payload } as const;
      queue.map(() => Promise.resolve(handover), { onSettled });
      await expect(settled).resolves.toMatchObject([{ messages: 2, failed: 0 }]);
      await expect(queue.left()).resolves.toBe(0);
    },
  );

  it('does not read the response where the mapping does not report failures', async () => {
    await using queue = await created();
    const { onSettled, settled } = settlements(1);
    await queue.send('a');
    const invoke = (event: object) => Promise.resolve(failing(...idsOf(event)));
    queue.map(invoke, { onSettled, reportBatchItemFailures: false });
    await expect(settled).resolves.toMatchObject([{ messages: 1, failed: 0 }]);
    await expect(queue.left()).resolves.toBe(0);
  });

  it('gathers more than one receive request returns, up to the batch size', async () => {
    await using queue = await created();
    const { onSettled, settled } = settlements(2);
    for (const tens of [0, 1, 2]) {
      await queue.send(...Array.from({ length: 10 }, (_, index) => `${tens}${index}`));
    }
    queue.map(() => Promise.resolve(succeeding), { batchSize: 25, windowMs: 1000, onSettled });
    await expect(settled).resolves.toMatchObject([
      { messages: 25, failed: 0 },
      { messages: 5, failed: 0 },
    ]);
  });

  it('waits for the window to fill a batch', async () => {
    await using queue = await created();
    const { onSettled, settled } = settlements(1);
    await queue.send('a');
    queue.map(() => Promise.resolve(succeeding), { batchSize: 2, windowMs: 300_000, onSettled });
    await expect.poll(() => queue.hidden()).toBe(1);
    // The batch is full with the second message, long before its window ends.
    await queue.send('b');
    await expect(settled).resolves.toMatchObject([{ messages: 2, failed: 0 }]);
  });

  it('limits the batches in flight', async () => {
    await using queue = await created();
    const { onSettled, settled } = settlements(6);
    const held: (() => void)[] = [];
    let max = 0;
    await queue.send('a', 'b', 'c', 'd', 'e', 'f');
    const invoke = async () => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      held.push(() => {
        resolve(undefined);
      });
      if (held.length === 2) void release();
      await promise;
      return succeeding;
    };
    // A third would be received while SQS answers these.
    const release = async () => {
      await queue.left();
      await queue.left();
      max = Math.max(max, held.length);
      for (const letGo of held.splice(0)) letGo();
    };
    queue.map(invoke, { batchSize: 1, maximumConcurrency: 2, onSettled });
    await settled;
    expect(max).toBe(2);
  });

  it('retries a throttled batch without counting another receive', async () => {
    await using queue = await created();
    const { onSettled, settled } = settlements(1);
    const receives: (string | undefined)[] = [];
    await queue.send('a');
    const invoke = (event: object): Promise<Handover> => {
      receives.push((event as SqsEvent).Records[0]?.attributes.ApproximateReceiveCount);
      return Promise.resolve(receives.length < 3 ? { kind: 'throttled' } : succeeding);
    };
    queue.map(invoke, { onSettled });
    await expect(settled).resolves.toMatchObject([{ messages: 1, failed: 0 }]);
    expect(receives).toEqual(['1', '1', '1']);
  });

  it('gives a batch that stays throttled back to the queue when its visibility timeout ends', async () => {
    await using queue = await created({ visibilitySeconds: 1, maxReceiveCount: 1 });
    await queue.send('a');
    queue.map(() => Promise.resolve({ kind: 'throttled' }));
    await expect(queue.deadLetter()).resolves.toBe('a');
  });

  it('keeps the order of each group of a FIFO queue, and delivers none of a group in flight', async () => {
    await using queue = await created({ fifo: true });
    const { onSettled, settled } = settlements(4);
    const inFlight = new Set<string>();
    const worked: string[] = [];
    await queue.send('a1', 'a2', 'b1', 'a3', 'b2', 'a4');
    const invoke = async (event: object) => {
      const bodies = bodiesOf(event);
      const groups = bodies.map((body) => body.slice(0, 1));
      expect(groups.filter((group) => inFlight.has(group))).toEqual([]);
      for (const group of groups) inFlight.add(group);
      worked.push(...bodies);
      await new Promise((resolve) => setImmediate(resolve));
      for (const group of groups) inFlight.delete(group);
      return succeeding;
    };
    queue.map(invoke, { onSettled });
    await settled;
    expect(worked.filter((body) => body.startsWith('a'))).toEqual(['a1', 'a2', 'a3', 'a4']);
    expect(worked.filter((body) => body.startsWith('b'))).toEqual(['b1', 'b2']);
  });

  it('reports an error of the queue and continues', async () => {
    await using queue = await created();
    const { promise: reported, resolve: onError } = Promise.withResolvers<unknown>();
    const nowhere = queue.url.replace('/queue', '/nowhere');
    queue.map(() => Promise.resolve(succeeding), { queueUrl: nowhere, onError });
    await expect(reported).resolves.toMatchObject({
      name: expect.stringContaining('QueueDoesNotExist') as string,
    });
  });
});
