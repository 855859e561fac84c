import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json as jsonIn } from 'node:stream/consumers';

import { describe, expect, it, vi } from 'vitest';

import {
  QueueDestination,
  sendBatch,
  StreamDestination,
  TableDestination,
  TopicDestination,
} from '@parallel-lambda/deployed-stack';
import { json, jsonError, stack, type Answer, type Answers, type Input } from './fake-aws.ts';
import { inAccount, inAccountWithQueues } from './in-account.ts';
import { labHere } from './lab-here.ts';
import { outputs } from './outputs.ts';

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

const taken: Answer = json({ Successful: [], Failed: [] });

/** A stack whose queue takes everything: the batches are kept. */
function keeping(queueUrl: string = outputs.PromisesQueueUrl): { answers: Answers; batches: Entry[][] } {
  const batches: Entry[][] = [];
  const SendMessageBatch = ({ Entries }: Input): Answer => {
    batches.push(Entries as Entry[]);
    return taken;
  };
  const DescribeStacks = () => stack({ ...outputs, PromisesQueueUrl: queueUrl });
  return { answers: { DescribeStacks, SendMessageBatch }, batches };
}

/** A stack whose `promises` has these outputs of its source. */
const reading =
  (source: Readonly<Record<string, string>>): (() => Answer) =>
  () =>
    stack({
      PromisesFunctionName: 'promises-7B7F',
      ...Object.fromEntries(Object.entries(source).map(([key, value]) => [`Promises${key}`, value])),
    });

const recordsIn = (input: Input | undefined): readonly unknown[] => (input?.Records ?? []) as unknown[];

describe('lab send', () => {
  it('puts as many messages into the queue as it is told', async () => {
    const { sqs, queueName } = await inAccountWithQueues();
    const { code, stdout, stderr } = await labHere(
      'send',
      'promises',
      '--messages',
      '25',
      '--body',
      '{"hash": 7}',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^25 of 25 messages sent to http.+\n$/);
    expect(stderr.split('\n')[0]).toMatch(/^(5|10) of 25 messages sent$/);
    const bodies = sqs.inspectQueue(queueName)?.messages.ready.map(({ body }) => body);
    expect(bodies).toEqual(Array.from({ length: 25 }, () => '{"hash":7}'));
  });

  it("puts them into a FIFO queue's groups in turn, each of them once", async () => {
    const { sqs, queueName } = await inAccountWithQueues(true);
    const { stdout } = await labHere('send', 'promises', '--messages', '12', '--groups', '3', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ function: 'promises', sent: 12, refused: [] });
    const groups = sqs.inspectQueue(queueName)?.messages.ready.map(({ messageGroupId }) => messageGroupId);
    expect(groups?.sort()).toEqual(
      ['group-0', 'group-1', 'group-2'].flatMap((group) => [group, group, group, group]),
    );
  });

  it('sends ten at a time, with ids of its own for each', async () => {
    const { answers, batches } = keeping();
    await inAccount(answers);
    await labHere('send', 'promises', '--messages', '23');
    expect(batches.map(({ length }) => length).sort()).toEqual([10, 10, 3].sort());
    expect(new Set(batches.flat().map(({ Id }) => Id)).size).toBe(23);
    expect(batches.flat()[0]).not.toHaveProperty('MessageGroupId');
  });

  it('sends a second time what it sent before: two calls share no deduplication id', async () => {
    const { answers, batches } = keeping('https://sqs.eu-central-1.amazonaws.com/123456789012/promises.fifo');
    await inAccount(answers);
    await labHere('send', 'promises', '--messages', '4');
    await labHere('send', 'promises', '--messages', '4');
    expect(new Set(batches.flat().map((entry) => entry.MessageDeduplicationId)).size).toBe(8);
  });

  it('sends no more at a time than SQS takes in one request', async () => {
    const { answers, batches } = keeping();
    await inAccount(answers);
    await labHere('send', 'promises', '--messages', '7', '--body', JSON.stringify('é'.repeat(150_000)));
    expect(batches.map(({ length }) => length).sort()).toEqual([1, 3, 3]);
  });

  it('sends no message that is larger than SQS takes', async () => {
    const { answers } = keeping();
    const aws = await inAccount(answers);
    const body = JSON.stringify('x'.repeat(1_048_575));
    await expect(labHere('send', 'promises', '--body', body)).rejects.toMatchObject({
      code: 'usage',
      message: 'A message has 1048577 bytes; SQS takes no more than 1048576.',
    });
    expect(aws.asked).toEqual(['DescribeStacks']);
  });

  it('says how many were not taken and why, and ends with 1', async () => {
    const { answers } = keeping();
    const refused = { Id: '1', SenderFault: true, Code: 'InvalidMessageContents', Message: 'no' };
    await inAccount({ ...answers, SendMessageBatch: () => json({ Successful: [], Failed: [refused] }) });
    const { code, stdout, stderr } = await labHere('send', 'promises', '--messages', '5');
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: `4 of 5 messages sent to ${outputs.PromisesQueueUrl}\n`,
    });
    expect(stderr).toContain('lab: 1 not taken: InvalidMessageContents (no)\n');
  });

  it('says how many were sent when it has to stop', async () => {
    const { answers, batches } = keeping();
    const SendMessageBatch = (input: Input): Answer =>
      batches.length === 0
        ? (answers.SendMessageBatch?.(input) ?? taken)
        : jsonError('ExpiredTokenException', 'The security token has expired', 403);
    await inAccount({ ...answers, SendMessageBatch });
    await expect(labHere('send', 'promises')).rejects.toMatchObject({
      code: 'failure',
      message: expect.stringMatching(/renew them.+ At least 10 messages had been sent\.$/) as string,
    });
  });

  it('puts records into a stream, each with its key and no more than 5 MiB at a time', async () => {
    const requests: Input[] = [];
    const PutRecords = (input: Input): Answer => {
      requests.push(input);
      return json({ FailedRecordCount: 0, Records: recordsIn(input).map(() => ({ SequenceNumber: '1' })) });
    };
    await inAccount({ DescribeStacks: reading({ StreamName: 'orders' }), PutRecords });
    const { code, stdout } = await labHere('send', 'promises', '--messages', '1100', '--groups', '2');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: '1100 of 1100 messages sent to the stream orders\n',
    });
    expect(requests.map((input) => recordsIn(input).length)).toEqual([500, 500, 100]);
    expect(recordsIn(requests[0]).slice(0, 3)).toEqual(
      ['group-0', 'group-1', 'group-0'].map((PartitionKey) => ({
        Data: Buffer.from('{"wait":200}').toString('base64'),
        PartitionKey,
      })),
    );
    requests.length = 0;
    await labHere('send', 'promises', '--messages', '6', '--body', JSON.stringify('x'.repeat(1_000_000)));
    expect(requests.map((input) => recordsIn(input).length)).toEqual([5, 1]);
  });

  it('puts an item with an id of its own for each message into a table', async () => {
    const written: { readonly id: { readonly S: string }; readonly body: unknown }[] = [];
    const BatchWriteItem = ({ RequestItems }: Input): Answer => {
      const { orders } = RequestItems as { orders: { PutRequest: { Item: (typeof written)[number] } }[] };
      expect(orders.length).toBeLessThanOrEqual(25);
      written.push(...orders.map(({ PutRequest }) => PutRequest.Item));
      return json({ UnprocessedItems: {} });
    };
    await inAccount({ DescribeStacks: reading({ TableName: 'orders' }), BatchWriteItem });
    const { code, stdout } = await labHere('send', 'promises', '--messages', '60');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '60 of 60 messages sent to the table orders\n' });
    expect(new Set(written.map(({ id }) => id.S)).size).toBe(60);
    expect(written.every(({ body }) => JSON.stringify(body) === '{"S":"{\\"wait\\":200}"}')).toBe(true);
  });

  it('says that messages of a table and of a standard queue have no groups, where it is told some', async () => {
    for (const output of [{ TableName: 'orders' }, { QueueUrl: outputs.PromisesQueueUrl }]) {
      await inAccount({ DescribeStacks: reading(output) });
      await expect(labHere('send', 'promises', '--groups', '3')).rejects.toMatchObject({
        code: 'usage',
        message: expect.stringMatching(/have no groups: .+ Leave --groups out\.$/) as string,
      });
    }
  });

  it("says what to send with where only Kafka's own protocol is spoken", async () => {
    const DescribeStacks = reading({ ConsumerGroup: 'shop', Topic: 'orders' });
    const { variables } = await inAccount({ DescribeStacks });
    vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', variables.AWS_ENDPOINT_URL);
    vi.stubEnv('AWS_ENDPOINT_URL', undefined);
    await expect(labHere('send', 'promises')).rejects.toMatchObject({
      code: 'failure',
      message: expect.stringContaining('kafka-console-producer.sh --topic orders ') as string,
    });
  });

  it.each([
    [{ ConsumerGroup: 'shop' }, 'name no topic that promises reads'],
    [{}, 'name no source of promises'],
  ])('says so where the outputs are %j', async (output, expected) => {
    await inAccount({ DescribeStacks: reading(output) });
    await expect(labHere('send', 'promises')).rejects.toMatchObject({
      code: 'failure',
      message: expect.stringContaining(expected) as string,
    });
  });

  it.each([
    ['StreamName', 'PutRecords', 'The stream orders was deleted'],
    ['TableName', 'BatchWriteItem', 'The table orders was deleted'],
  ])('says so when what is the %s was deleted by hand', async (output, operation, expected) => {
    await inAccount({
      DescribeStacks: reading({ [output]: 'orders' }),
      [operation]: () => jsonError('ResourceNotFoundException', 'not found'),
    });
    await expect(labHere('send', 'promises')).rejects.toMatchObject({
      code: 'failure',
      message: expect.stringContaining(expected) as string,
    });
  });

  it('says so when the queue was deleted by hand', async () => {
    const { answers } = keeping();
    const SendMessageBatch = () => jsonError('com.amazonaws.sqs#QueueDoesNotExist', 'No such queue');
    await inAccount({ ...answers, SendMessageBatch });
    await expect(labHere('send', 'promises')).rejects.toMatchObject({
      code: 'failure',
      message: expect.stringContaining(
        `The queue of promises, ${outputs.PromisesQueueUrl}, was deleted`,
      ) as string,
    });
  });
});

describe('a batch of which not all is taken', () => {
  const batch = ['0', '1', '2'].map((id) => ({ id, body: '1', group: `group-${id}` }));
  const taken = undefined;
  interface Failure {
    readonly ids: readonly string[];
    readonly senderFault?: boolean;
  }

  /** Sends the batch; `failing` says what is not taken of an attempt, from 1. */
  type Send = (failing: (attempt: number) => Failure | undefined) => Promise<{
    readonly refused: unknown;
    readonly sent: readonly (readonly string[])[];
  }>;

  const kinds: Readonly<Record<string, Send>> = {
    async queue(failing) {
      const sent: string[][] = [];
      const SendMessageBatch = ({ Entries }: Input): Answer => {
        sent.push((Entries as Entry[]).map(({ Id }) => Id));
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
      return { refused: await sendBatch(queue, batch, () => Promise.resolve()), sent };
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
      return { refused: await sendBatch(stream, batch, () => Promise.resolve()), sent };
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
      return { refused: await sendBatch(table, batch, () => Promise.resolve()), sent };
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
      const refused = await sendBatch(topic, batch, () => Promise.resolve());
      server.closeAllConnections();
      server.close();
      return { refused, sent };
    },
  };

  /** Kafka's are numbers, and DynamoDB gives none. */
  const reasons: Readonly<Record<string, object>> = {
    table: { code: 'UnprocessedItems', message: 'the table takes no more for now' },
    topic: { code: '2', message: 'later' },
  };

  it.each(Object.entries(kinds))('of a %s is sent again in part', async (_, send) => {
    const { refused, sent } = await send((attempt) => (attempt === 1 ? { ids: ['0', '2'] } : taken));
    expect({ refused, sent }).toEqual({
      refused: [],
      sent: [
        ['0', '1', '2'],
        ['0', '2'],
      ],
    });
  });

  it.each(Object.entries(kinds))('of a %s is given up in part after four attempts', async (kind, send) => {
    const { refused, sent } = await send(() => ({ ids: ['2'] }));
    expect(refused).toEqual([reasons[kind] ?? { code: 'InternalError', message: 'later' }]);
    expect(sent).toEqual([['0', '1', '2'], ['2'], ['2'], ['2']]);
  });

  it.each([
    ['queue', 'InternalError'],
    ['topic', '1'],
  ])('of a %s is not sent again where it is said that it never will be taken', async (kind, code) => {
    const send = kinds[kind];
    await expect(send?.(() => ({ ids: ['1'], senderFault: true }))).resolves.toEqual({
      refused: [{ code, message: 'later' }],
      sent: [['0', '1', '2']],
    });
  });
});
