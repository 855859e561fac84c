import { InvalidEventError, type BatchHandler } from '@parallel-lambda/batch';
import { readBatch } from '@parallel-lambda/batch/technique';
import { expect, test, vi, type Mock } from 'vitest';

import { simulated } from '../src/index.ts';

const response = { batchItemFailures: [] };

function handlerThatSees() {
  return vi.fn(() => Promise.resolve(response)) as BatchHandler & Mock;
}

async function batchOf(event: unknown) {
  const handler = handlerThatSees();
  await simulated(handler)(event);
  return readBatch(handler.mock.lastCall?.[0]);
}

test("{} is the sample's batch: 100 messages that wait for 200 ms", async () => {
  const { source, messages, lanes } = await batchOf({});
  expect(source.name).toBe('SQS');
  expect(messages).toHaveLength(100);
  expect(lanes).toHaveLength(100);
  expect(new Set(messages.map(({ text }) => text))).toEqual(new Set(['{"wait":200}']));
  expect(new Set(messages.map(({ receiveCount }) => receiveCount))).toEqual(new Set([1]));
});

test('simulate has the number of messages and their body', async () => {
  const { messages } = await batchOf({ simulate: { messages: 3, body: [{ hash: 7 }] } });
  expect(messages.map(({ text }) => text)).toEqual(Array(3).fill('[{"hash":7}]'));
});

test.each([
  [{ simulate: {} }, 100, '{"wait":200}'],
  [{ simulate: { messages: 1 } }, 1, '{"wait":200}'],
  [{ simulate: { body: [] } }, 100, '[]'],
  [{ simulate: { messages: 10_000, body: null } }, 10_000, 'null'],
])('%j leaves the rest as the sample has it', async (event, count, text) => {
  const { messages } = await batchOf(event);
  expect(messages).toHaveLength(count);
  expect(messages[0]?.text).toBe(text);
});

test('the same simulation has the same identifiers, shaped like those of SQS', async () => {
  const ids = (await batchOf({})).messages.map(({ id }) => id);
  expect((await batchOf({})).messages.map(({ id }) => id)).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
});

test('a record has what records of SQS have', async () => {
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  const handler = handlerThatSees();
  await simulated(handler)({ simulate: { messages: 1 } });
  vi.unstubAllEnvs();
  const time = expect.stringMatching(/^\d{13}$/) as unknown;
  expect(handler.mock.lastCall?.[0]).toEqual({
    Records: [
      {
        messageId: '00000000-0000-4000-8000-000000000001',
        receiptHandle: 'simulated-00000000-0000-4000-8000-000000000001',
        body: '{"wait":200}',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: time,
          SenderId: 'SIMULATED',
          ApproximateFirstReceiveTimestamp: time,
        },
        messageAttributes: {},
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:simulated',
        awsRegion: 'eu-central-1',
      },
    ],
  });
});

test.each([
  [{ Records: [] }],
  [{ simulate: { messages: 1 }, Records: [] }],
  [{ Records: [{ messageId: '1' }], simulate: { messages: 1 } }],
  [{ simulated: {} }],
  [[]],
  [null],
  [undefined],
  [7],
  ['{}'],
])('%j goes to the handler unchanged, and so does its context', async (event) => {
  const handler = handlerThatSees();
  const lambda = { awsRequestId: 'request-1' };
  await expect(simulated(handler)(event, lambda)).resolves.toBe(response);
  expect(handler).toHaveBeenCalledOnce();
  expect(handler.mock.lastCall?.[0]).toBe(event);
  expect(handler.mock.lastCall?.[1]).toBe(lambda);
});

test('a simulated batch keeps the context', async () => {
  const handler = handlerThatSees();
  const lambda = { awsRequestId: 'request-1' };
  await simulated(handler)({}, lambda);
  expect(handler.mock.lastCall?.[1]).toBe(lambda);
});

test.each([
  '{"simulate":null}',
  '{"simulate":true}',
  '{"simulate":100}',
  '{"simulate":[]}',
  '{"simulate":{"messages":0}}',
  '{"simulate":{"messages":10001}}',
  '{"simulate":{"messages":1.5}}',
  '{"simulate":{"messages":"100"}}',
  '{"simulate":{"messages":null}}',
  '{"simulate":{"message":100}}',
  '{"simulate":{"__proto__":{"messages":5}}}',
])('%s is an error that says what simulate must be', async (event) => {
  const handler = handlerThatSees();
  const answering = simulated(handler)(JSON.parse(event));
  await expect(answering).rejects.toThrow(InvalidEventError);
  await expect(answering).rejects.toThrow(/^"simulate" must be .* 1 to 10000, .*, not .+/);
  expect(handler).not.toHaveBeenCalled();
});
