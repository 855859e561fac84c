import { describe, expect, it } from 'vitest';

import { sendBatch } from '../../src/remote/send/send-batch.ts';
import { DeployedQueue, sqsClient } from '../../src/remote/deployed-queue.ts';
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
      code: 'setting',
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
      code: 'credentials',
      message: expect.stringMatching(/renew them.+ At least 10 messages had been sent\.$/) as string,
    });
  });

  it.each([
    ['StreamName', 'aws kinesis put-records --stream-name orders.'],
    ['TableName', 'aws dynamodb put-item --table-name orders.'],
    ['ConsumerGroup', 'the consumer group orders reads, with a client of Kafka.'],
  ])('says how else where the source is no queue, but a %s', async (output, expected) => {
    const DescribeStacks = () =>
      stack({ PromisesFunctionName: 'promises-7B7F', [`Promises${output}`]: 'orders' });
    await inAccount({ DescribeStacks });
    await expect(labHere('send', 'promises')).rejects.toMatchObject({
      code: 'stack',
      message: expect.stringMatching(`^promises has no queue, .+${expected}$`) as string,
    });
  });

  it('says so when the queue was deleted by hand', async () => {
    const { answers } = keeping();
    const SendMessageBatch = () => jsonError('com.amazonaws.sqs#QueueDoesNotExist', 'No such queue');
    await inAccount({ ...answers, SendMessageBatch });
    await expect(labHere('send', 'promises')).rejects.toMatchObject({
      code: 'missing',
      message: expect.stringContaining(
        `The queue of promises, ${outputs.PromisesQueueUrl}, was deleted`,
      ) as string,
    });
  });
});

describe('a batch of which not all is taken', () => {
  const batch = ['0', '1', '2'].map((Id) => ({ Id, MessageBody: '1' }));

  async function send(
    answerOf: (attempt: number) => Answer,
  ): Promise<{ refused: unknown; sent: string[][] }> {
    const sent: string[][] = [];
    const SendMessageBatch = ({ Entries }: Input): Answer => {
      sent.push((Entries as Entry[]).map(({ Id }) => Id));
      return answerOf(sent.length);
    };
    await inAccount({ SendMessageBatch });
    const queue = new DeployedQueue(sqsClient(), outputs.PromisesQueueUrl, 'The queue of promises');
    return { refused: await sendBatch(queue, batch, () => Promise.resolve()), sent };
  }

  const failed = (SenderFault: boolean, ...ids: string[]): Answer =>
    json({ Failed: ids.map((Id) => ({ Id, SenderFault, Code: 'InternalError', Message: 'later' })) });

  it('is sent again in part: what failed by a fault of SQS', async () => {
    const { refused, sent } = await send((attempt) => (attempt === 1 ? failed(false, '0', '2') : taken));
    expect({ refused, sent }).toEqual({
      refused: [],
      sent: [
        ['0', '1', '2'],
        ['0', '2'],
      ],
    });
  });

  it('is given up in part after four attempts', async () => {
    const { refused, sent } = await send(() => failed(false, '2'));
    expect(refused).toEqual([{ code: 'InternalError', message: 'later' }]);
    expect(sent).toEqual([['0', '1', '2'], ['2'], ['2'], ['2']]);
  });

  it('is not sent again where SQS says that it never will be taken', async () => {
    const { refused, sent } = await send(() => failed(true, '1'));
    expect({ refused, sent }).toEqual({
      refused: [{ code: 'InternalError', message: 'later' }],
      sent: [['0', '1', '2']],
    });
  });
});
