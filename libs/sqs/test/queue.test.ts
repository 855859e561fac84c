import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';

import { fatesOf } from './fates-of.ts';
import { LocalQueues } from './local-queue.ts';

let queues: LocalQueues;
let names = 0;

beforeAll(async () => {
  queues = await LocalQueues.start();
});
afterAll(async () => {
  await queues[Symbol.asyncDispose]();
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Creates a queue, sends messages to it and receives them. */
async function received(...bodies: readonly string[]) {
  const name = `orders-${++names}`;
  const url = queues.create(name);
  const Entries = bodies.map((MessageBody, id) => ({ Id: String(id), MessageBody }));
  await queues.client.sendMessageBatch({ QueueUrl: url, Entries });
  return { name, url, event: await queues.receive(url) };
}

it('sets the visibility timeout of messages that ask for it, and of no other', async () => {
  const { name, event } = await received('succeed', 'retry in 30', 'fail', 'retry in 3600', 'give up');
  const { reported, end } = await fatesOf(event, { client: queues.client });
  expect(reported).toHaveLength(4);
  expect(queues.hiddenSeconds(name)).toEqual({
    ...{ succeed: 180, fail: 180, 'give up': 180, 'retry in 30': 30, 'retry in 3600': 3_600 },
  });
  expect(end.fates).toEqual([undefined, 'delayed', undefined, 'delayed', undefined]);
});

it('calls the endpoint of the environment with its own client, whatever the host of the queue is', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', queues.address);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  const { name, event } = await received('retry in 30', 'give up');
  queues.create('parked-elsewhere');
  const park = 'https://sqs.us-east-1.amazonaws.com/000000000000/parked-elsewhere';
  const { end, log } = await fatesOf(event, { park });
  expect(log.filter((line) => line.startsWith('Cannot'))).toEqual([]);
  expect(end.fates).toEqual(['delayed', 'parked']);
  expect(queues.hiddenSeconds(name)['retry in 30']).toBe(30);
  expect(queues.waiting('parked-elsewhere')).toHaveLength(1);
});

it('parks a message that failed with GiveUp, and does not report it', async () => {
  const { event } = await received('give up', 'succeed', 'fail', 'give up too');
  const park = queues.create('parked');
  const { reported, end, log } = await fatesOf(event, { client: queues.client, park });
  expect(reported).toEqual([event.Records[2]?.messageId]);
  expect(end.fates).toEqual(['parked', undefined, undefined, 'parked']);
  expect(log.join('\n')).toMatch(/failed with 'GiveUp: because of give up', parked: /);
  const parked = queues.waiting('parked');
  expect(parked.map(({ body }) => body)).toEqual(['give up', 'give up too']);
  const value = (StringValue: unknown, DataType = 'String') => ({ DataType, StringValue });
  expect(parked[0]?.messageAttributes).toEqual({
    ParkedReason: value('because of give up'),
    ParkedMessageId: value(event.Records[0]?.messageId),
    ParkedFrom: value(event.Records[0]?.eventSourceARN),
    ParkedAt: value(expect.stringMatching(/^\d{4}-\d\d-\d\dT/)),
    ParkedReceiveCount: value('1', 'Number'),
  });
});

it('delays failures longer with each delivery', async () => {
  const { name, event, url } = await received('fail');
  const backoff = { firstSeconds: 400, maxSeconds: 1_000 };
  const client = queues.client;
  const between = async (records: typeof event) => {
    await fatesOf(records, { client, backoff });
    return queues.hiddenSeconds(name).fail;
  };
  expect(await between(event)).toSatisfy((seconds: number) => seconds >= 190 && seconds <= 400);
  for (const [min, max] of [
    [390, 800],
    [490, 1_000],
  ] as const) {
    await client.changeMessageVisibility({
      ...{ QueueUrl: url, ReceiptHandle: receiptHandleOf(name), VisibilityTimeout: 0 },
    });
    expect(await between(await queues.receive(url))).toSatisfy(
      (seconds: number) => seconds >= min && seconds <= max,
    );
  }
});

function receiptHandleOf(name: string): string {
  return queues.inflight(name)[0]?.receiptHandle ?? '';
}

it('keeps the attributes of a message, all of them', async () => {
  const url = queues.create('with-attributes');
  const attributes = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [
      `name${index}`,
      { DataType: 'String', StringValue: `value ${index}` },
    ]),
  );
  await queues.client.sendMessage({
    ...{ QueueUrl: url, MessageBody: 'give up' },
    MessageAttributes: { bytes: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2, 3]) }, ...attributes },
  });
  const park = queues.create('parked-attributes');
  const event = await queues.receive(url);
  const own = event.Records[0]?.messageAttributes as Record<string, unknown>;
  expect((await fatesOf(event, { client: queues.client, park })).reported).toEqual([]);
  const [parked] = queues.waiting('parked-attributes');
  const { ParkedAttributes, ...kept } = parked?.messageAttributes ?? {};
  expect(Object.keys(kept)).toHaveLength(8);
  const others = JSON.parse(ParkedAttributes?.StringValue ?? '') as Record<string, unknown>;
  expect(
    [...Object.keys(kept).filter((name) => !name.startsWith('Parked')), ...Object.keys(others)].sort(),
  ).toEqual(Object.keys(own).sort());
});

it('parks in a FIFO queue, where a second copy is dropped', async () => {
  const { event } = await received('give up', 'give up too');
  const park = queues.create('parked.fifo');
  for (let copy = 1; copy <= 2; copy += 1) {
    expect((await fatesOf(event, { client: queues.client, park })).reported).toEqual([]);
  }
  expect(queues.waiting('parked.fifo').map(({ body }) => body)).toEqual(['give up', 'give up too']);
});

it('parks messages of a FIFO queue in their groups', async () => {
  const url = queues.create('orders.fifo');
  for (const group of ['a', 'b']) {
    await queues.client.sendMessage({
      ...{ QueueUrl: url, MessageBody: `give up ${group}` },
      ...{ MessageGroupId: group, MessageDeduplicationId: group },
    });
  }
  const park = queues.create('parked-orders.fifo');
  const event = await queues.receive(url);
  expect((await fatesOf(event, { client: queues.client, park })).reported).toEqual([]);
  expect(
    queues.waiting('parked-orders.fifo').map(({ body, messageGroupId }) => [body, messageGroupId]),
  ).toEqual([
    ['give up a', 'a'],
    ['give up b', 'b'],
  ]);
});

it('cuts a message that is too large for the parking queue, with a note', async () => {
  const { event } = await received('give up');
  const [record] = event.Records;
  const large = { ...record, body: `give up ${'x'.repeat(1_048_500)}` };
  const park = queues.create('parked-large');
  const small = queues.create('parked-small', { MaximumMessageSize: '262144' });
  for (const [queue, name, max] of [
    [park, 'parked-large', 1_048_576],
    [small, 'parked-small', 262_144],
  ] as const) {
    expect((await fatesOf({ Records: [large] }, { client: queues.client, park: queue })).reported).toEqual(
      [],
    );
    const [parked] = queues.waiting(name);
    expect(parked?.body.length).toBeGreaterThan(max - 4_096);
    expect(parked?.messageAttributes.ParkedNote?.StringValue).toBe(
      `the body has ${parked?.body.length} of 1048508 bytes`,
    );
  }
});

it.each([
  ['that does not exist', 'http://127.0.0.1/000000000000/missing', 'Check that the parking queue exists'],
])('reports what it cannot park, because of a queue %s', async (_, park, advice) => {
  const { event } = await received('give up', 'succeed', 'give up too');
  const { reported, end, log } = await fatesOf(event, { client: queues.client, park });
  expect(reported).toEqual([event.Records[0]?.messageId, event.Records[2]?.messageId]);
  expect(end.fates).toEqual([undefined, undefined, undefined]);
  expect(log[0]).toContain(`Cannot park 2 messages by ${park}: `);
  expect(log[0]).toContain(advice);
});

it('makes calls of ten, for as many messages as a batch has', async () => {
  const url = queues.create('many');
  const Records: unknown[] = [];
  for (let call = 0; call < 12; call += 1) {
    const Entries = Array.from({ length: 10 }, (_, id) => ({
      Id: String(id),
      MessageBody: `give up ${call}${id}`,
    }));
    await queues.client.sendMessageBatch({ QueueUrl: url, Entries });
    Records.push(...(await queues.receive(url)).Records);
  }
  const park = queues.create('many-parked');
  expect((await fatesOf({ Records }, { client: queues.client, park })).reported).toEqual([]);
  expect(queues.waiting('many-parked')).toHaveLength(120);
});
