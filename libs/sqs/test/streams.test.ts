import { setImmediate as turn } from 'node:timers/promises';

import { RetryLater, type Message } from '@parallel-lambda/batch';
import { aggregatedData, kafkaEvent, kafkaRecord, kinesisRecord } from '@parallel-lambda/event-sources';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { fatesOf } from './fates-of.ts';
import { RecordingClient } from './recording-client.ts';
import { recorded, shard } from './shard.ts';
import work from './work.ts';

const park = 'https://sqs.us-east-1.amazonaws.com/123456789012/parked';
const client = { current: new RecordingClient() };

beforeEach(() => {
  client.current = new RecordingClient();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a record of a stream that is given up', () => {
  it('is parked as a record of the failure, and the shard continues in order', async () => {
    const { order, run } = recorded();
    const event = shard(
      ['a', '1'],
      ['b', 'give up'],
      ['a', '3'],
      ['b', '4'],
      ['b', 'give up too'],
      ['c', '6'],
    );
    const { reported, end } = await fatesOf(event, { client: client.current, park }, { run });
    expect(reported).toEqual([]);
    expect(end.fates.map((fate, position) => (fate ? [position, fate] : []))).toEqual([
      [],
      [1, 'parked'],
      [],
      [],
      [4, 'parked'],
      [],
    ]);
    expect(order.filter((text) => text === '4' || text.startsWith('give up'))).toEqual([
      'give up',
      '4',
      'give up too',
    ]);
    expect(order).toHaveLength(6);
    const [entry] = client.current.sent[0]?.Entries ?? [];
    expect(JSON.parse(entry?.MessageBody ?? '')).toMatchObject({
      version: '1.0',
      requestContext: { requestId: 'request', functionArn: 'arn:function', condition: 'GivenUp' },
      reason: 'because of give up',
      messageId: '2',
      record: event.Records[1],
    });
    expect(entry?.MessageAttributes).toMatchObject({
      ParkedMessageId: { StringValue: '2' },
      ParkedFrom: { StringValue: event.Records[1]?.eventSourceARN },
    });
  });

  it('is not parked behind a record that failed, since it is redelivered', async () => {
    const { gates, run } = gated();
    const running = fatesOf(
      shard(['a', 'fail'], ['b', 'give up'], ['c', '3']),
      { client: client.current, park },
      { run },
    );
    await turn();
    for (const text of ['give up', 'fail', '3']) gates.get(text)?.();
    expect((await running).reported).toEqual(['1']);
    expect(client.current.sent).toEqual([]);
  });

  it('is parked in front of a record that failed', async () => {
    const { gates, run } = gated();
    const running = fatesOf(
      shard(['a', 'give up'], ['b', 'fail'], ['c', '3']),
      { client: client.current, park },
      { run },
    );
    await turn();
    for (const text of ['give up', 'fail', '3']) gates.get(text)?.();
    const { reported, end } = await running;
    expect(reported).toEqual(['2']);
    expect(end.fates).toEqual(['parked', undefined, undefined]);
  });

  it('blocks its shard when it cannot be parked, and no later record is parked', async () => {
    const { gates, run } = gated();
    client.current.error = new Error('no');
    const texts = Array.from({ length: 12 }, (_, index) => `give up ${index}`);
    const running = fatesOf(
      shard(...texts.map((text) => [text, text] as const)),
      { client: client.current, park },
      { run },
    );
    await turn();
    for (const text of texts) gates.get(text)?.();
    expect((await running).reported).toEqual(['1']);
    expect(client.current.sent).toHaveLength(1);
  });

  it('blocks its shard when only it is refused, and no later record is parked', async () => {
    const { gates, run } = gated();
    client.current.refuse = (body) => (body.includes('give up 1') ? 'InternalError' : undefined);
    const texts = ['give up 0', 'give up 1', 'give up 2'];
    const running = fatesOf(
      shard(...texts.map((text) => [text, text] as const)),
      { client: client.current, park },
      { run },
    );
    await turn();
    for (const text of texts) gates.get(text)?.();
    const { reported, end } = await running;
    expect(reported).toEqual(['2']);
    expect(end.fates).toEqual(['parked', undefined, undefined]);
    expect(client.current.bodies).toHaveLength(2);
  });

  it('is not parked while a user record of the same aggregated record has failed', async () => {
    const data = aggregatedData(['give up', 'fail'].map((text) => ({ partitionKey: text, data: text })));
    const event = { Records: [kinesisRecord({ sequenceNumber: '1', partitionKey: 'a', data })] };
    const { gates, run } = gated();
    const running = fatesOf(event, { client: client.current, park }, { run });
    await turn();
    for (const text of ['give up', 'fail']) gates.get(text)?.();
    expect((await running).reported).toEqual(['1']);
    expect(client.current.sent).toEqual([]);
  });

  /** Work that waits for its gate, so that all records are in flight. */
  function gated() {
    const gates = new Map<string, () => void>();
    const run = async (message: Message): Promise<void> => {
      await new Promise<void>((resolve) => gates.set(message.text, resolve));
      work(message);
    };
    return { gates, run };
  }
});

describe('a record of Kafka that is given up', () => {
  it('is parked, and its partition continues', async () => {
    const records = ['1', 'give up', '3'].map((text, offset) =>
      kafkaRecord({ topic: 'orders', partition: 0, offset, value: text }),
    );
    const { order, run } = recorded();
    const { reported } = await fatesOf(kafkaEvent(records), { client: client.current, park }, { run });
    expect(reported).toEqual([]);
    expect(order).toEqual(['1', 'give up', '3']);
    expect(JSON.parse(client.current.bodies[0] ?? '')).toMatchObject({ messageId: 'orders-0@1' });
  });
});

describe('a record that asks to be retried later', () => {
  /** Work that asks once or more often for a later retry, then succeeds. */
  function retriedOnce(times = 1, seconds = 2) {
    let left = times;
    return recorded((message) => {
      if (message.text === 'later' && left-- > 0) throw new RetryLater({ seconds });
      work(message);
    });
  }

  /** Lets virtual time pass until the batch has ended. */
  async function inVirtualTime<Result>(running: Promise<Result>): Promise<Result> {
    const state = { ended: false };
    running.finally(() => (state.ended = true)).catch(() => undefined);
    while (!state.ended) {
      await turn();
      await vi.advanceTimersByTimeAsync(100);
    }
    return running;
  }

  it('waits in place, and is retried before later records', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const { order, run } = retriedOnce(2);
    const startedAtMs = Date.now();
    const event = shard(['a', '1'], ['b', 'later'], ['c', '3'], ['b', '4']);
    const options = { run, remainingMs: 30_000, marginMs: 5_000 };
    const { reported } = await inVirtualTime(fatesOf(event, { client: client.current }, options));
    expect(reported).toEqual([]);
    expect(order.filter((text) => text === 'later')).toHaveLength(3);
    expect(order.indexOf('4')).toBeGreaterThan(order.lastIndexOf('later'));
    expect(Date.now() - startedAtMs).toBeGreaterThanOrEqual(4_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is an ordinary failure if the deadline comes first', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const { order, run } = retriedOnce(9, 26);
    const options = { run, remainingMs: 30_000, marginMs: 5_000 };
    const running = fatesOf(shard(['b', 'later'], ['b', '2']), { client: client.current }, options);
    expect((await inVirtualTime(running)).reported).toEqual(['1']);
    expect(order).toEqual(['later']);
    expect(client.current.delayed).toEqual([]);
  });

  it('stops at the deadline, however often it asks', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const { order, run } = retriedOnce(1_000, 0);
    const options = { run, remainingMs: 3_000, marginMs: 1_000 };
    const running = fatesOf(shard(['b', 'later']), { client: client.current }, options);
    expect((await inVirtualTime(running)).reported).toEqual(['1']);
    expect(order.length).toBeLessThanOrEqual(21);
  });

  it('does not wait without a deadline', async () => {
    const { reported } = await fatesOf(
      shard(['b', 'later']),
      { client: client.current },
      { run: retriedOnce().run },
    );
    expect(reported).toEqual(['1']);
  });

  it('keeps only its own partition waiting in Kafka', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const records = [0, 1].flatMap((partition) =>
      [partition === 0 ? 'later' : '1', `second of ${partition}`].map((text, offset) =>
        kafkaRecord({ topic: 'orders', partition, offset, value: text }),
      ),
    );
    const { order, run } = retriedOnce();
    const options = { run, remainingMs: 30_000 };
    const { reported } = await inVirtualTime(
      fatesOf(kafkaEvent(records), { client: client.current }, options),
    );
    expect(reported).toEqual([]);
    expect(order).toEqual(['later', '1', 'second of 1', 'later', 'second of 0']);
  });
});
