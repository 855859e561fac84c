import { GiveUp, InvalidMessageError, RetryLater, type Technique } from '@parallel-lambda/batch';
import { heldBack } from '@parallel-lambda/batch/technique';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { fatesOf } from './fates-of.ts';
import { RecordingClient } from './recording-client.ts';
import { fifoEvent, sqsEvent } from './sqs-event.ts';
import work from './work.ts';

const park = 'https://sqs.us-east-1.amazonaws.com/123456789012/parked';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Creates a batch of messages that fail, with the numbers of their deliveries. */
function deliveredBefore(counts: readonly number[]) {
  const Records = counts.map((count) => {
    const [record] = sqsEvent(`fail ${count}`).Records;
    return { ...record, attributes: { ...record?.attributes, ApproximateReceiveCount: String(count) } };
  });
  return { Records };
}

describe('the delay of a message', () => {
  it('is a whole number of seconds, and zero if asked for', async () => {
    const client = new RecordingClient();
    await fatesOf(sqsEvent('retry in 0', 'retry in 1.2', 'retry in 59'), { client });
    expect(client.seconds).toEqual({ 'retry in 0': 0, 'retry in 1.2': 2, 'retry in 59': 59 });
  });

  it('stays within 12 hours from receipt, of which the batching window may have passed', async () => {
    const client = new RecordingClient();
    await fatesOf(sqsEvent('retry in 43200'), { client });
    expect(client.seconds['retry in 43200']).toBeGreaterThanOrEqual(42_890);
    expect(client.seconds['retry in 43200']).toBeLessThan(42_900);
  });

  it('is asked for by an error in the middle of causes too', async () => {
    const client = new RecordingClient();
    const run = (): never => {
      throw new Error('outer', { cause: new Error('middle', { cause: new RetryLater({ seconds: 7 }) }) });
    };
    await fatesOf(sqsEvent('a'), { client }, { run });
    expect(client.seconds).toEqual({ a: 7 });
  });

  it.each([
    ['negative', { fate: 'retry later', seconds: -1 }],
    ['not a number', { fate: 'retry later', seconds: NaN }],
    ['too long', { fate: 'retry later', seconds: 50_000 }],
    [
      'of an error that cannot be read',
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no');
          },
        },
      ),
    ],
    ['of an endless chain of causes', endless()],
    ['of nothing', undefined],
  ])('is ignored when it is %s', async (_, error) => {
    const client = new RecordingClient();
    const run = (): never => {
      throw error as Error;
    };
    expect((await fatesOf(sqsEvent('a'), { client, park }, { run })).reported).toEqual(['a']);
    expect(client).toMatchObject({ delayed: [], sent: [] });
  });

  function endless(): Error {
    const error = new Error('endless');
    error.cause = error;
    return error;
  }
});

describe('backoff', () => {
  it('grows with the number of deliveries, up to the maximum', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const client = new RecordingClient();
    await fatesOf(deliveredBefore([1, 2, 3, 8]), { client, backoff: { firstSeconds: 10, maxSeconds: 60 } });
    expect(client.seconds).toEqual({ 'fail 1': 10, 'fail 2': 20, 'fail 3': 40, 'fail 8': 60 });
  });

  it('waits 50 to 100 % of the delay', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const client = new RecordingClient();
    await fatesOf(sqsEvent('fail'), { client, backoff: { firstSeconds: 10 } });
    expect(client.seconds).toEqual({ fail: 5 });
  });

  it('does not change a delay that was asked for', async () => {
    const client = new RecordingClient();
    await fatesOf(sqsEvent('retry in 3'), { client, backoff: { firstSeconds: 100 } });
    expect(client.seconds).toEqual({ 'retry in 3': 3 });
  });

  it('applies to a message that failed with GiveUp and cannot be parked', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const client = new RecordingClient();
    const { reported } = await fatesOf(sqsEvent('give up'), { client, backoff: { firstSeconds: 100 } });
    expect(client.seconds).toEqual({ 'give up': 100 });
    expect(reported).toEqual(['give up']);
  });
});

describe('what adaptive workers held back', () => {
  const technique: Technique = ({ messages }) => Promise.resolve(messages.map(() => heldBack));

  it('waits longer with each delivery, from a minute to 15 minutes', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const client = new RecordingClient();
    const { reported, end } = await fatesOf(deliveredBefore([1, 2, 9]), { client }, { technique });
    expect(client.seconds).toEqual({ 'fail 1': 60, 'fail 2': 120, 'fail 9': 900 });
    expect(reported).toHaveLength(3);
    expect(end.fates).toEqual(['delayed', 'delayed', 'delayed']);
  });

  it('waits as long as you say, whatever the backoff of failures is', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const client = new RecordingClient();
    const options = { client, heldBack: { firstSeconds: 300 }, backoff: { firstSeconds: 1 } };
    await fatesOf(deliveredBefore([1, 2]), options, { technique });
    expect(client.seconds).toEqual({ 'fail 1': 300, 'fail 2': 600 });
  });

  it('waits with its group', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const client = new RecordingClient();
    await fatesOf(fifoEvent(['a', '1'], ['a', '2'], ['b', '3']), { client }, { technique });
    expect(client.seconds).toEqual({ '1 of a': 60, '2 of a': 60, '3 of b': 60 });
  });
});

describe('what the deadline kept from starting', () => {
  async function stoppedEarly(unfinished: 'immediately' | undefined) {
    vi.useFakeTimers({ toFake: ['Date'] });
    const client = new RecordingClient();
    const run = (): void => void vi.setSystemTime(Date.now() + 30_000);
    const technique = { run, remainingMs: 30_000, marginMs: 5_000 };
    const { reported } = await fatesOf(
      sqsEvent(...Array.from({ length: 102 }, (_, index) => `message ${index}`)),
      { client, ...(unfinished && { unfinished }) },
      technique,
    );
    return { reported, seconds: client.seconds };
  }

  it('becomes visible immediately, if you ask for it', async () => {
    const { reported, seconds } = await stoppedEarly('immediately');
    expect(reported.length).toBeGreaterThan(0);
    expect(seconds).toEqual(Object.fromEntries(reported.map((id) => [id, 0])));
  });

  it('keeps its visibility timeout otherwise', async () => {
    expect((await stoppedEarly(undefined)).seconds).toEqual({});
  });
});

describe('the group of a FIFO queue', () => {
  it('waits together, in order, in one call', async () => {
    const client = new RecordingClient();
    const event = fifoEvent(
      ['a', 'retry in 20'],
      ['a', 'second'],
      ['b', 'succeed'],
      ['a', 'third'],
      ['b', 'fail'],
    );
    const { reported } = await fatesOf(event, { client });
    expect(client.delayed.map(({ Entries }) => Entries.map(({ ReceiptHandle }) => ReceiptHandle))).toEqual([
      ['retry in 20 of a', 'second of a', 'third of a'],
    ]);
    expect(new Set(Object.values(client.seconds))).toEqual(new Set([20]));
    expect(reported).toEqual(['retry in 20 of a', 'second of a', 'third of a', 'fail of b']);
  });

  it('continues behind a message that is parked, in order', async () => {
    const client = new RecordingClient();
    const order: string[] = [];
    const run = (message: Parameters<typeof work>[0]): void => {
      order.push(message.text);
      work(message);
    };
    const event = fifoEvent(
      ['a', 'give up 1'],
      ['a', 'second'],
      ['a', 'give up 2'],
      ['a', 'last'],
      ['b', 'fail'],
    );
    const { reported, end } = await fatesOf(event, { client, park }, { run });
    expect(order).toEqual(['give up 1 of a', 'fail of b', 'second of a', 'give up 2 of a', 'last of a']);
    expect(reported).toEqual(['fail of b']);
    expect(end.fates).toEqual(['parked', undefined, 'parked', undefined, undefined]);
  });

  it('stops at a message that cannot be parked', async () => {
    const client = new RecordingClient();
    client.refuse = () => 'AccessDenied';
    const event = fifoEvent(['a', 'give up'], ['a', 'second'], ['b', 'succeed']);
    const { reported } = await fatesOf(event, { client, park });
    expect(reported).toEqual(['give up of a', 'second of a']);
  });
});

describe('giveUpOn', () => {
  it('gives up because of other errors, with their name and message', async () => {
    const client = new RecordingClient();
    const run = ({ text }: { text: string }): never => {
      throw text === 'invalid' ? new InvalidMessageError('no amount') : new GiveUp('own reason');
    };
    const giveUpOn = (error: unknown): boolean => (error as Error).name === 'InvalidMessageError';
    const { reported } = await fatesOf(sqsEvent('invalid', 'other'), { client, park, giveUpOn }, { run });
    expect(reported).toEqual([]);
    expect(
      client.sent[0]?.Entries.map(({ MessageAttributes }) => MessageAttributes.ParkedReason?.StringValue),
    ).toEqual(['InvalidMessageError: no amount', 'own reason']);
  });
});
