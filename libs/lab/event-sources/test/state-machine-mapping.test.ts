import { describe, expect, it } from 'vitest';

import { KinesisStream, type DiscardedBatch, type KinesisEvent } from '../src/index.ts';
import { StateMachineMapping, type Handover, type SettledBatch } from '../src/real-time/index.ts';
import { failing, succeeding } from './failing.ts';

const numbersIn = (event: object) =>
  (event as KinesisEvent).Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString());

/** A stream of one shard with these records, and what its mapping settles. */
function streamOf(texts: readonly string[], options: ConstructorParameters<typeof KinesisStream>[0] = {}) {
  const source = new KinesisStream({ batchSize: 2, ...options });
  const ids = texts.map((data) => source.put({ partitionKey: 'key', data }, Date.now()));
  return { source, ids };
}

/** The first batches that are settled, up to a number. */
function settlements(count: number) {
  const { promise: settled, resolve } = Promise.withResolvers<readonly SettledBatch[]>();
  const batches: SettledBatch[] = [];
  const onSettled = (batch: SettledBatch): void => {
    if (batches.push(batch) === count) resolve(batches);
  };
  return { settled, onSettled };
}

describe('a source on its state machine, in real time', () => {
  it('gives its batches one after another, in order, and those too that come later', async () => {
    const { source } = streamOf(['1', '2', '3']);
    const { settled, onSettled } = settlements(3);
    const events: string[][] = [];
    const invoke = (event: object): Promise<Handover> => {
      events.push(numbersIn(event));
      return Promise.resolve(succeeding);
    };
    await using mapping = new StateMachineMapping({ source, invoke, onSettled });
    mapping.wake();
    source.put({ partitionKey: 'key', data: '4' }, Date.now());
    source.put({ partitionKey: 'key', data: '5' }, Date.now());
    mapping.wake();
    await settled;
    expect(events).toEqual([['1', '2'], ['3', '4'], ['5']]);
    expect(source.done).toBe(true);
  });

  it('retries failed batches when it is time, and reports discarded ones', async () => {
    const { source, ids } = streamOf(['1', '2'], { maximumRetries: 1, retryDelayMs: 5 });
    const { settled, onSettled } = settlements(2);
    const { promise: discarded, resolve: onDiscarded } = Promise.withResolvers<readonly DiscardedBatch[]>();
    const invoke = (): Promise<Handover> => Promise.resolve(failing(ids[1]));
    await using mapping = new StateMachineMapping({ source, invoke, onSettled, onDiscarded });
    mapping.wake();
    await expect(discarded).resolves.toMatchObject([
      { records: [{ id: ids[1], place: 'shardId-000000000000' }], reason: 'retries', invocations: 2 },
    ]);
    await expect(settled).resolves.toMatchObject([
      { messages: 2, failed: 1 },
      { messages: 1, failed: 1 },
    ]);
  });

  it('keeps a throttled batch, at no cost of a retry', async () => {
    const { source } = streamOf(['1'], { maximumRetries: 0 });
    const { settled, onSettled } = settlements(1);
    let calls = 0;
    const invoke = (): Promise<Handover> => {
      calls += 1;
      return Promise.resolve(calls === 1 ? { kind: 'throttled' } : succeeding);
    };
    await using mapping = new StateMachineMapping({ source, invoke, onSettled });
    mapping.wake();
    await expect(settled).resolves.toMatchObject([{ messages: 1, failed: 0 }]);
    expect(calls).toBe(2);
  });

  it('lets a batch wait for its window, and no longer when it is full', async () => {
    const { source } = streamOf(['1'], { windowMs: 300_000 });
    const { settled, onSettled } = settlements(1);
    const invoke = (): Promise<Handover> => Promise.resolve(succeeding);
    await using mapping = new StateMachineMapping({ source, invoke, onSettled });
    mapping.wake();
    source.put({ partitionKey: 'key', data: '2' }, Date.now());
    mapping.wake();
    await expect(settled).resolves.toMatchObject([{ messages: 2, failed: 0 }]);
  });

  it('hands a batch out when its window ends', async () => {
    const { source } = streamOf(['1'], { windowMs: 5 });
    const { settled, onSettled } = settlements(1);
    const invoke = (): Promise<Handover> => Promise.resolve(succeeding);
    await using mapping = new StateMachineMapping({ source, invoke, onSettled });
    mapping.wake();
    await expect(settled).resolves.toMatchObject([{ messages: 1 }]);
  });
});
