import { afterEach, expect, it, vi } from 'vitest';

import { fatesOf } from './fates-of.ts';
import { RecordingClient } from './recording-client.ts';
import { sqsEvent } from './sqs-event.ts';

const park = 'https://sqs.us-east-1.amazonaws.com/123456789012/parked';

afterEach(() => {
  vi.useRealTimers();
});

it('reports what was refused, and only that', async () => {
  const client = new RecordingClient();
  client.refuse = (text) => (text.endsWith('2') ? 'AccessDenied' : undefined);
  const bodies = ['give up 1', 'give up 2', 'retry in 1', 'retry in 2', 'succeed'];
  const { reported, end, log } = await fatesOf(sqsEvent(...bodies), { client, park });
  expect(reported).toEqual(['give up 2', 'retry in 1', 'retry in 2']);
  expect(end.fates).toEqual(['parked', undefined, 'delayed', undefined, undefined]);
  expect(log).toContain(
    `Cannot park 1 messages by ${park}: AccessDenied: refused. They are retried as ordinary failures. Allow sqs:SendMessage on the parking queue in the role of the function.`,
  );
  expect(log.join('\n')).toContain('Allow sqs:ChangeMessageVisibility on the source queue');
});

it('reports everything when the calls throw, and logs each distinct error once', async () => {
  const client = new RecordingClient();
  client.error = Object.assign(new Error('no network'), { name: 'TimeoutError' });
  const bodies = Array.from({ length: 35 }, (_, index) => `give up ${index}`);
  const { reported, log } = await fatesOf(sqsEvent(...bodies), { client, park });
  expect(reported).toEqual(bodies);
  expect(log.filter((line) => line.startsWith('Cannot park'))).toEqual([
    `Cannot park 35 messages by ${park}: TimeoutError: no network. They are retried as ordinary failures. `,
  ]);
});

it('waits for a call without an answer no longer than its time limit', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const client = new RecordingClient();
  client.hangs = true;
  const running = fatesOf(sqsEvent('give up', 'retry in 1'), { client, park, timeoutMs: 1_000 });
  for (const calls of [client.sent, client.delayed]) {
    while (calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(1_000);
  }
  const { reported, log } = await running;
  expect(reported).toEqual(['give up', 'retry in 1']);
  expect(log.join('\n')).toContain('There was no answer in time');
});

it('redelivers what the answer does not name: it may be lost', async () => {
  const client = new RecordingClient();
  client.isSilent = true;
  const { reported, log } = await fatesOf(sqsEvent('give up', 'retry in 1'), { client, park });
  expect(reported).toEqual(['give up', 'retry in 1']);
  expect(log.join('\n')).toContain('The response does not name it');
});

it('keeps what was parked when the response must be made', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const client = new RecordingClient();
  let calls = 0;
  const send = client.sendMessageBatch.bind(client);
  client.sendMessageBatch = (input) => {
    calls += 1;
    client.hangs = calls > 1;
    return send(input);
  };
  const bodies = Array.from({ length: 12 }, (_, index) => `give up ${index}`);
  const running = fatesOf(sqsEvent(...bodies), { client, park, timeoutMs: 60_000 }, { remainingMs: 10_000 });
  await vi.advanceTimersByTimeAsync(9_600);
  expect((await running).reported).toEqual(['give up 10', 'give up 11']);
});

it('leaves no timer behind', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  await fatesOf(
    sqsEvent('give up', 'retry in 1'),
    { client: new RecordingClient(), park },
    { remainingMs: 10_000 },
  );
  expect(vi.getTimerCount()).toBe(0);
});

it('makes no call if no message needs one', async () => {
  const client = new RecordingClient();
  const { reported } = await fatesOf(sqsEvent('succeed', 'fail'), { client, park });
  expect(reported).toEqual(['fail']);
  expect(client).toMatchObject({ sent: [], delayed: [] });
});

it.each([
  ['AccessDenied', 'Allow sqs:SendMessage on the parking queue in the role of the function.'],
  ['AWS.SimpleQueueService.NonExistentQueue', 'Check that the parking queue exists.'],
  [
    'KMS.AccessDeniedException',
    'Allow kms:GenerateDataKey and kms:Decrypt on the key of the parking queue in the role of the function.',
  ],
])('advises what to do about %s', async (name, advice) => {
  const client = new RecordingClient();
  client.error = Object.assign(new Error('no'), { name });
  const { reported, log } = await fatesOf(sqsEvent('give up'), { client, park });
  expect(reported).toEqual(['give up']);
  expect(log[0]).toContain(advice);
});

it('does not park messages in the queue that they come from', async () => {
  const client = new RecordingClient();
  const source = 'http://localhost:4566/123456789012/orders';
  const { reported, log } = await fatesOf(sqsEvent('give up 1', 'give up 2'), { client, park: source });
  expect(reported).toEqual(['give up 1', 'give up 2']);
  expect(client.sent).toEqual([]);
  expect(log.filter((line) => line.includes('it is the queue that they come from'))).toHaveLength(1);
});

it('retries messages about which giveUpOn throws, and parks the others', async () => {
  const client = new RecordingClient();
  const giveUpOn = vi.fn((error: unknown) => {
    if ((error as Error).message === 'fail 1') throw new Error('a fault of giveUpOn');
    return true;
  });
  const bodies = ['fail 1', 'fail 2', 'give up'];
  const { reported, end, log } = await fatesOf(sqsEvent(...bodies), { client, park, giveUpOn });
  expect(reported).toEqual(['fail 1']);
  expect(end.fates).toEqual([undefined, 'parked', 'parked']);
  expect(giveUpOn).toHaveBeenCalledTimes(2);
  expect(log).toContain('giveUpOn failed, so its messages are retried as ordinary failures');
});

it('logs what to install when the AWS SDK is missing, and retries the messages', async () => {
  vi.doMock('@aws-sdk/client-sqs', () => {
    throw new Error("Cannot find package '@aws-sdk/client-sqs'");
  });
  const { reported, log } = await fatesOf(sqsEvent('give up'), { park });
  vi.doUnmock('@aws-sdk/client-sqs');
  expect(reported).toEqual(['give up']);
  expect(log[0]).toContain(
    'Cannot load @aws-sdk/client-sqs, which delaying and parking messages needs. Install it',
  );
});
