import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json as jsonIn } from 'node:stream/consumers';

import { inAccount, json, outputs, type Answer, type Input } from '@parallel-lambda/fake-aws';
import { describe, expect, it } from 'vitest';

import { QueueDestination } from '../../src/send/destinations/queue.ts';
import { StreamDestination } from '../../src/send/destinations/stream.ts';
import { TableDestination } from '../../src/send/destinations/table.ts';
import { TopicDestination } from '../../src/send/destinations/topic.ts';
import { sendBatch } from '../../src/send/send-messages.ts';

const recordsIn = (input: Input): readonly unknown[] => (input.Records ?? []) as unknown[];

describe('a partly accepted batch', () => {
  const batch = ['0', '1', '2'].map((id) => ({ id, body: '1', group: `group-${id}` }));
  interface Failure {
    readonly ids: readonly string[];
    readonly senderFault?: boolean;
  }

  /** Sends the batch; `failing` returns the messages that fail in an attempt, from 1. */
  type Send = (failing: (attempt: number) => Failure | undefined) => Promise<{
    readonly rejected: unknown;
    readonly sent: readonly (readonly string[])[];
  }>;

  const kinds: Readonly<Record<string, Send>> = {
    async queue(failing) {
      const sent: string[][] = [];
      const SendMessageBatch = ({ Entries }: Input): Answer => {
        sent.push((Entries as { readonly Id: string }[]).map(({ Id }) => Id));
        const { ids = [], senderFault = false } = failing(sent.length) ?? {};
        return json({
          Failed: ids.map((Id) => ({
            Id,
            SenderFault: senderFault,
            Code: 'InternalError',
            Message: 'later',
          })),
        });
      };
      await inAccount({ SendMessageBatch });
      const queue = new QueueDestination(outputs.PromisesQueueUrl, 'promises');
      return { rejected: await sendBatch(queue, batch, () => Promise.resolve()), sent };
    },
    async stream(failing) {
      const sent: string[][] = [];
      const PutRecords = (input: Input): Answer => {
        const ids = (recordsIn(input) as { PartitionKey: string }[]).map(({ PartitionKey }) =>
          PartitionKey.slice('group-'.length),
        );
        sent.push(ids);
        const { ids: failed = [] } = failing(sent.length) ?? {};
        const Records = ids.map((id) =>
          failed.includes(id)
            ? { ErrorCode: 'InternalError', ErrorMessage: 'later' }
            : { SequenceNumber: '1' },
        );
        return json({ FailedRecordCount: failed.length, Records });
      };
      await inAccount({ PutRecords });
      const stream = new StreamDestination('orders');
      return { rejected: await sendBatch(stream, batch, () => Promise.resolve()), sent };
    },
    async table(failing) {
      const sent: string[][] = [];
      const BatchWriteItem = ({ RequestItems }: Input): Answer => {
        const { orders } = RequestItems as { orders: { PutRequest: { Item: { id: { S: string } } } }[] };
        const idOf = ({ PutRequest }: (typeof orders)[number]) => PutRequest.Item.id.S.slice(-1);
        sent.push(orders.map(idOf));
        const { ids = [] } = failing(sent.length) ?? {};
        const left = orders.filter((request) => ids.includes(idOf(request)));
        return json({ UnprocessedItems: left.length > 0 ? { orders: left } : {} });
      };
      await inAccount({ BatchWriteItem });
      const table = new TableDestination('orders');
      return { rejected: await sendBatch(table, batch, () => Promise.resolve()), sent };
    },
    async topic(failing) {
      const sent: string[][] = [];
      const textOf = (base64: string) => Buffer.from(base64, 'base64').toString();
      const server = createServer((request, response) => {
        void jsonIn(request).then((body) => {
          const { records } = body as { records: { key: string; value: string }[] };
          const ids = records.map(({ key }) => textOf(key).slice('group-'.length));
          sent.push(ids);
          if (records.some(({ value }) => textOf(value) !== '1')) response.statusCode = 422;
          const { ids: failed = [], senderFault = false } = failing(sent.length) ?? {};
          const offsets = ids.map((id) =>
            failed.includes(id)
              ? { error_code: senderFault ? 1 : 2, error: 'later' }
              : { partition: 0, offset: 1, error_code: null, error: null },
          );
          response.end(JSON.stringify({ offsets }));
        });
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = server.address() as AddressInfo;
      const topic = new TopicDestination('orders', `http://127.0.0.1:${port}/`);
      const rejected = await sendBatch(topic, batch, () => Promise.resolve());
      server.closeAllConnections();
      server.close();
      return { rejected, sent };
    },
  };

  /** Kafka's codes are numbers, and DynamoDB gives no reason. */
  const reasons: Readonly<Record<string, object>> = {
    table: { code: 'UnprocessedItems', message: 'the throughput of the table is exceeded' },
    topic: { code: '2', message: 'later' },
  };

  it.each(Object.entries(kinds))('of a %s is sent again: only the failed messages', async (_, send) => {
    const { rejected, sent } = await send((attempt) => (attempt === 1 ? { ids: ['0', '2'] } : undefined));
    expect({ rejected, sent }).toEqual({
      rejected: [],
      sent: [
        ['0', '1', '2'],
        ['0', '2'],
      ],
    });
  });

  it.each(Object.entries(kinds))('of a %s is rejected in part after four attempts', async (kind, send) => {
    const { rejected, sent } = await send(() => ({ ids: ['2'] }));
    expect(rejected).toEqual([reasons[kind] ?? { code: 'InternalError', message: 'later' }]);
    expect(sent).toEqual([['0', '1', '2'], ['2'], ['2'], ['2']]);
  });

  it.each([
    ['queue', 'InternalError'],
    ['topic', '1'],
  ])('of a %s is not sent again after a permanent error', async (kind, code) => {
    const send = kinds[kind];
    await expect(send?.(() => ({ ids: ['1'], senderFault: true }))).resolves.toEqual({
      rejected: [{ code, message: 'later' }],
      sent: [['0', '1', '2']],
    });
  });
});
