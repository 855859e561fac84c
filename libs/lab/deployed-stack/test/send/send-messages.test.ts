import {
  inAccount,
  inAccountWithQueues,
  json,
  jsonError,
  outputs,
  stack,
  type Answer,
  type Answers,
  type Input,
} from '@parallel-lambda/fake-aws';
import { describe, expect, it, vi } from 'vitest';

import { sendMessages, type SendOptions, type SendResult } from '../../src/index.ts';

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

const accepted: Answer = json({ Successful: [], Failed: [] });

/** A stack whose queue accepts and records all batches. */
function recording(queueUrl: string = outputs.PromisesQueueUrl): { answers: Answers; batches: Entry[][] } {
  const batches: Entry[][] = [];
  const SendMessageBatch = ({ Entries }: Input): Answer => {
    batches.push(Entries as Entry[]);
    return accepted;
  };
  const DescribeStacks = () => stack({ ...outputs, PromisesQueueUrl: queueUrl });
  return { answers: { DescribeStacks, SendMessageBatch }, batches };
}

/** A stack whose function `promises` has these outputs of its event source. */
const readingFrom =
  (source: Readonly<Record<string, string>>): (() => Answer) =>
  () =>
    stack({
      PromisesFunctionName: 'promises-7B7F',
      ...Object.fromEntries(Object.entries(source).map(([key, value]) => [`Promises${key}`, value])),
    });

const recordsIn = (input: Input | undefined): readonly unknown[] => (input?.Records ?? []) as unknown[];

function send(options: Partial<SendOptions>): Promise<SendResult> {
  const defaults = { stack: 'ParallelLambda', function: 'promises', messages: 100, body: '{"wait":200}' };
  return sendMessages({ ...defaults, ...options });
}

describe('messages', () => {
  it('are sent to the queue', async () => {
    const { sqs, queueName } = await inAccountWithQueues();
    const progress: number[] = [];
    const onProgress = (sent: number) => progress.push(sent);
    const result = await send({ messages: 25, body: '{"hash":7}', onProgress });
    expect(result).toMatchObject({ sent: 25, rejected: [], to: expect.stringMatching(/^http/) as string });
    expect(progress.at(-1)).toBe(25);
    const bodies = sqs.inspectQueue(queueName)?.messages.ready.map(({ body }) => body);
    expect(bodies).toEqual(Array.from({ length: 25 }, () => '{"hash":7}'));
  });

  it('belong to the message groups of a FIFO queue in turn, once each', async () => {
    const { sqs, queueName } = await inAccountWithQueues(true);
    await expect(send({ messages: 12, groups: 3 })).resolves.toMatchObject({ sent: 12, rejected: [] });
    const groups = sqs.inspectQueue(queueName)?.messages.ready.map(({ messageGroupId }) => messageGroupId);
    expect(groups?.sort()).toEqual(
      ['group-0', 'group-1', 'group-2'].flatMap((group) => [group, group, group, group]),
    );
  });

  it('are sent in batches of ten, each with its own id', async () => {
    const { answers, batches } = recording();
    await inAccount(answers);
    await send({ messages: 23 });
    expect(batches.map(({ length }) => length).sort()).toEqual([10, 10, 3].sort());
    expect(new Set(batches.flat().map(({ Id }) => Id)).size).toBe(23);
    expect(batches.flat()[0]).not.toHaveProperty('MessageGroupId');
  });

  it('share no deduplication id with those of an earlier call', async () => {
    const { answers, batches } = recording(
      'https://sqs.eu-central-1.amazonaws.com/123456789012/promises.fifo',
    );
    await inAccount(answers);
    await send({ messages: 4 });
    await send({ messages: 4 });
    expect(new Set(batches.flat().map((entry) => entry.MessageDeduplicationId)).size).toBe(8);
  });

  it('are sent in batches that are not larger than a request to SQS may be', async () => {
    const { answers, batches } = recording();
    await inAccount(answers);
    await send({ messages: 7, body: JSON.stringify('é'.repeat(150_000)) });
    expect(batches.map(({ length }) => length).sort()).toEqual([1, 3, 3]);
  });

  it('are refused if one is larger than SQS accepts', async () => {
    const { answers } = recording();
    const aws = await inAccount(answers);
    await expect(send({ body: JSON.stringify('x'.repeat(1_048_575)) })).rejects.toMatchObject({
      code: 'usage',
      message: 'A message has 1048577 bytes, but SQS accepts 1048576.',
    });
    expect(aws.requested).toEqual(['DescribeStacks']);
  });

  it('that are not accepted are counted by reason', async () => {
    const { answers } = recording();
    const rejected = ['1', '3'].map((Id) => ({ Id, SenderFault: true, Code: 'Invalid', Message: 'no' }));
    await inAccount({ ...answers, SendMessageBatch: () => json({ Successful: [], Failed: rejected }) });
    await expect(send({ messages: 5 })).resolves.toEqual({
      to: outputs.PromisesQueueUrl,
      sent: 3,
      rejected: [{ count: 2, code: 'Invalid', message: 'no' }],
    });
  });

  it('that were sent before an error are counted in its message', async () => {
    const { answers, batches } = recording();
    const SendMessageBatch = (input: Input): Answer =>
      batches.length === 0
        ? (answers.SendMessageBatch?.(input) ?? accepted)
        : jsonError('ExpiredTokenException', 'The security token has expired', 403);
    await inAccount({ ...answers, SendMessageBatch });
    await expect(send({})).rejects.toMatchObject({
      code: 'failure',
      message: expect.stringMatching(/Renew them.+ At least 10 messages were sent before\.$/) as string,
    });
  });

  it('become records of a stream, each with its key, in requests of up to 10 MiB', async () => {
    const requests: Input[] = [];
    const PutRecords = (input: Input): Answer => {
      requests.push(input);
      return json({ FailedRecordCount: 0, Records: recordsIn(input).map(() => ({ SequenceNumber: '1' })) });
    };
    await inAccount({ DescribeStacks: readingFrom({ StreamName: 'orders' }), PutRecords });
    await expect(send({ messages: 1100, groups: 2 })).resolves.toEqual({
      to: 'the stream orders',
      sent: 1100,
      rejected: [],
    });
    expect(requests.map((input) => recordsIn(input).length)).toEqual([500, 500, 100]);
    expect(recordsIn(requests[0]).slice(0, 3)).toEqual(
      ['group-0', 'group-1', 'group-0'].map((PartitionKey) => ({
        Data: Buffer.from('{"wait":200}').toString('base64'),
        PartitionKey,
      })),
    );
    requests.length = 0;
    await send({ messages: 12, body: JSON.stringify('x'.repeat(1_000_000)) });
    expect(requests.map((input) => recordsIn(input).length)).toEqual([10, 2]);
  });

  it('become items of a table, each with its own key', async () => {
    const written: { readonly id: { readonly S: string }; readonly body: unknown }[] = [];
    const BatchWriteItem = ({ RequestItems }: Input): Answer => {
      const { orders } = RequestItems as { orders: { PutRequest: { Item: (typeof written)[number] } }[] };
      expect(orders.length).toBeLessThanOrEqual(25);
      written.push(...orders.map(({ PutRequest }) => PutRequest.Item));
      return json({ UnprocessedItems: {} });
    };
    await inAccount({ DescribeStacks: readingFrom({ TableName: 'orders' }), BatchWriteItem });
    await expect(send({ messages: 60 })).resolves.toMatchObject({ to: 'the table orders', sent: 60 });
    expect(new Set(written.map(({ id }) => id.S)).size).toBe(60);
    expect(written.every(({ body }) => JSON.stringify(body) === '{"S":"{\\"wait\\":200}"}')).toBe(true);
  });

  it.each([{ TableName: 'orders' }, { QueueUrl: outputs.PromisesQueueUrl }])(
    'are refused with groups where they have none: %j',
    async (output) => {
      await inAccount({ DescribeStacks: readingFrom(output) });
      await expect(send({ groups: 3 })).rejects.toMatchObject({
        code: 'usage',
        message: expect.stringMatching(/have no groups\. Remove --groups\.$/) as string,
      });
    },
  );

  it("are refused, with a way to send them, where only Kafka's own protocol is available", async () => {
    const DescribeStacks = readingFrom({ ConsumerGroup: 'shop', Topic: 'orders' });
    const { variables } = await inAccount({ DescribeStacks });
    vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', variables.AWS_ENDPOINT_URL);
    vi.stubEnv('AWS_ENDPOINT_URL', undefined);
    await expect(send({})).rejects.toMatchObject({
      code: 'failure',
      message: expect.stringContaining('kafka-console-producer.sh --topic orders ') as string,
    });
  });

  it.each([
    [{ ConsumerGroup: 'shop' }, 'have no topic of promises'],
    [{}, 'has no queue, stream, table or topic from which promises receives messages'],
  ])('are refused if the outputs are %j', async (output, expected) => {
    await inAccount({ DescribeStacks: readingFrom(output) });
    await expect(send({})).rejects.toMatchObject({
      code: 'failure',
      message: expect.stringContaining(expected) as string,
    });
  });

  it.each<[string, Answers, string]>([
    [
      'stream',
      {
        DescribeStacks: readingFrom({ StreamName: 'orders' }),
        PutRecords: () => jsonError('ResourceNotFoundException', 'not found'),
      },
      'The stream orders was deleted',
    ],
    [
      'table',
      {
        DescribeStacks: readingFrom({ TableName: 'orders' }),
        BatchWriteItem: () => jsonError('ResourceNotFoundException', 'not found'),
      },
      'The table orders was deleted',
    ],
    [
      'queue',
      {
        DescribeStacks: readingFrom({ QueueUrl: outputs.PromisesQueueUrl }),
        SendMessageBatch: () => jsonError('com.amazonaws.sqs#QueueDoesNotExist', 'No such queue'),
      },
      `The queue of promises, ${outputs.PromisesQueueUrl}, was deleted`,
    ],
  ])('are refused if the %s was deleted outside of CloudFormation', async (_, answers, expected) => {
    await inAccount(answers);
    await expect(send({})).rejects.toMatchObject({
      code: 'failure',
      message: expect.stringContaining(expected) as string,
    });
  });
});
