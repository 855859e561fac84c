import { LabError } from '@parallel-lambda/local-lambda';
import { describe, expect, it } from 'vitest';

import { batchesOfBody, batchesOfEvent, readBatches, type Batches } from '../../src/tune/batches.ts';

function batchesOfFile(content: string): Batches {
  return batchesOfEvent(JSON.parse(content), 'event.json');
}

function recordsOf(event: unknown): readonly Record<string, unknown>[] {
  return (event as { readonly Records: readonly Record<string, unknown>[] }).Records;
}

describe('batches of a body', () => {
  it('are of any size, each message with it', () => {
    const records = recordsOf(batchesOfBody({ hash: 7 }).of(3));
    expect(records.map(({ body }) => body)).toEqual(Array(3).fill('{"hash":7}'));
  });
});

describe('batches of an event', () => {
  const queue = [
    { messageId: 'a', body: '1', eventSource: 'aws:sqs' },
    { messageId: 'b', body: '2', eventSource: 'aws:sqs' },
  ];

  it('repeat the messages of a queue, each with a unique identifier', () => {
    const records = recordsOf(batchesOfFile(JSON.stringify({ Records: queue })).of(3));
    expect(records.map(({ messageId, body }) => [messageId, body])).toEqual([
      ['a-0', '1'],
      ['b-0', '2'],
      ['a-1', '1'],
    ]);
  });

  it('keep the content of messages out of stored results', () => {
    const { workload } = batchesOfFile(JSON.stringify({ Records: queue }));
    expect(Object.keys(workload)).toEqual(['name', 'source']);
  });

  it.each([
    ['sqs', { Records: queue }],
    ['kinesis', { Records: [{ eventSource: 'aws:kinesis', kinesis: { sequenceNumber: '1' } }] }],
    ['dynamodb', { Records: [{ eventSource: 'aws:dynamodb', dynamodb: { SequenceNumber: '1' } }] }],
    ['kafka', { eventSource: 'aws:kafka', records: { 'orders-0': [{ offset: 1 }] } }],
    ['self-managed-kafka', { eventSource: 'SelfManagedKafka', records: { 'orders-0': [{ offset: 1 }] } }],
    ['kafka', [{ eventSource: 'aws:kafka', offset: 1 }]],
    [undefined, { Records: [{ EventSource: 'aws:sns', Sns: {} }] }],
  ])('name their source: %s', (source, event) => {
    const { workload } = batchesOfEvent(event, 'event.json');
    expect(workload.source).toBe(source);
    expect(workload.piped ?? false).toBe(Array.isArray(event));
  });

  it('are the event itself where it is of another source', () => {
    const event = { Records: [{ Sns: { MessageId: '1' } }, { Sns: { MessageId: '2' } }] };
    const batches = batchesOfFile(JSON.stringify(event));
    expect(batches.fixedSize).toBe(2);
    expect(batches.of(100)).toEqual(event);
  });

  it('of a FIFO queue have at most 10 messages', () => {
    const fifo = queue.map((record) => ({
      ...record,
      eventSourceARN: 'arn:aws:sqs:us-east-1:1:orders.fifo',
    }));
    expect(batchesOfFile(JSON.stringify({ Records: fifo })).maxSize).toBe(10);
    expect(batchesOfFile(JSON.stringify({ Records: queue })).maxSize).toBeUndefined();
  });

  it('are a list where EventBridge Pipes sends one', () => {
    const records = batchesOfFile(JSON.stringify(queue)).of(3) as readonly { readonly messageId: string }[];
    expect(records.map(({ messageId }) => messageId)).toEqual(['a-0', 'b-0', 'a-1']);
  });

  it.each([
    ['no event', '[]', /is not an event with at least one record/],
    ['an empty one', '{"Records":[]}', /is not an event with at least one record/],
  ])('are not %s', (_, content, expected) => {
    const read = (): unknown => batchesOfEvent(JSON.parse(content), 'event.json');
    expect(read).toThrow(LabError);
    expect(read).toThrow(expected);
  });
});

describe('batches with a service behind the function', () => {
  const downstream = { url: 'http://127.0.0.1:8080', text: '50 ms' };

  it('call the service, and the stored workload has no port', async () => {
    const { workload, of } = await readBatches({ downstream });
    expect(recordsOf(of(1)).map(({ body }) => body)).toEqual(['{"fetch":"http://127.0.0.1:8080"}']);
    expect(workload).toEqual({
      name: 'your messages',
      body: { fetch: '{downstream}' },
      source: 'sqs',
      downstream: '50 ms',
    });
  });

  it('have its URL wherever the messages of the user name it', async () => {
    const { of } = await readBatches({
      text: 'GET {downstream}/a {downstream}/b',
      downstream,
      function: '.',
    });
    expect(recordsOf(of(1))[0]?.body).toBe('GET http://127.0.0.1:8080/a http://127.0.0.1:8080/b');
  });
});
