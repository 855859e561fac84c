import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';

import { sqsClient } from '../../src/remote/deployed-queue.ts';
import { json, jsonError, stack, type Answers } from './fake-aws.ts';
import { inAccount, inAccountWithQueues } from './in-account.ts';
import { labHere } from './lab-here.ts';
import { outputs } from './outputs.ts';

const arn = 'arn:aws:sqs:eu-central-1:123456789012:ParallelLambda-promisesDead-9fR';

/** An account whose dead-letter queue holds some. */
function holding(visible: number, inFlight = 0): Answers {
  return {
    DescribeStacks: () => stack(outputs),
    GetQueueAttributes: () =>
      json({
        Attributes: {
          QueueArn: arn,
          ApproximateNumberOfMessages: String(visible),
          ApproximateNumberOfMessagesNotVisible: String(inFlight),
          ApproximateNumberOfMessagesDelayed: '0',
        },
      }),
  };
}

function task(startedAt: number, Status: string, moved: number, more: object = {}): object {
  return { StartedTimestamp: startedAt, Status, ApproximateNumberOfMessagesMoved: moved, ...more };
}

/** Answers each list of moves with the next, and the last for ever. */
function listing(...tasks: object[]): Answers {
  let looks = 0;
  return { ListMessageMoveTasks: () => json({ Results: [tasks[Math.min(looks++, tasks.length - 1)]] }) };
}

describe('lab redrive, by SQS', () => {
  const before = task(1, 'COMPLETED', 7);

  it('has the dead letters moved, at the rate that is wanted, and says how many', async () => {
    const inputs: unknown[] = [];
    await inAccount({
      ...holding(30),
      ...listing(before, before, task(2, 'RUNNING', 12), task(2, 'COMPLETED', 30)),
      StartMessageMoveTask: (input) => {
        inputs.push(input);
        return json({ TaskHandle: 'handle' });
      },
    });
    const { code, stdout, stderr } = await labHere('redrive', 'promises', '--rate', '50');
    expect(inputs).toEqual([{ SourceArn: arn, MaxNumberOfMessagesPerSecond: 50 }]);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '30 of 30 dead letters moved back to the queue of promises.\n',
      stderr: '12 of 30 dead letters moved\n',
    });
  });

  it('waits for a move that is under way, and starts none', async () => {
    const aws = await inAccount({
      ...holding(9),
      ...listing(task(1, 'RUNNING', 3), task(1, 'COMPLETED', 9)),
    });
    const { stdout } = await labHere('redrive', 'promises', '--json');
    expect(JSON.parse(stdout)).toEqual({ function: 'promises', moved: 9, inFlight: 0 });
    expect(aws.asked).not.toContain('StartMessageMoveTask');
  });

  it('says how far SQS came when it ends the move early', async () => {
    const failed = task(2, 'FAILED', 4, { FailureReason: 'AWS.SimpleQueueService.NonExistentQueue' });
    await inAccount({
      ...holding(9),
      ...listing(before, failed),
      StartMessageMoveTask: () => json({ TaskHandle: 'handle' }),
    });
    await expect(labHere('redrive', 'promises')).rejects.toMatchObject({
      code: 'answer',
      message: 'SQS ended the move early (AWS.SimpleQueueService.NonExistentQueue); 4 were moved.',
    });
  });

  it('does not move by hand what may not be moved', async () => {
    const aws = await inAccount({
      ...holding(9),
      ListMessageMoveTasks: () =>
        jsonError('AccessDenied', 'not authorized to perform: sqs:listmessagemovetasks', 403),
    });
    await expect(labHere('redrive', 'promises')).rejects.toMatchObject({ code: 'permission' });
    expect(aws.asked).not.toContain('ReceiveMessage');
  });

  it.each([
    [0, 'promises has no dead letters.\n'],
    [
      2,
      'promises has no dead letters to move: 2 have been received by someone, and are hidden for a while.\n',
    ],
  ])('has nothing to do where none is there, with %i in flight', async (inFlight, expected) => {
    const aws = await inAccount(holding(0, inFlight));
    const { code, stdout } = await labHere('redrive', 'promises');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expected });
    expect(aws.asked).toEqual(['DescribeStacks', 'GetQueueAttributes']);
  });

  it('is not for the notes of a stream', async () => {
    const { PromisesFunctionName, PromisesDeadLetterQueueUrl } = outputs;
    const PromisesStreamName = 'ParallelLambda-promisesStream-1a';
    await inAccount({
      DescribeStacks: () => stack({ PromisesFunctionName, PromisesDeadLetterQueueUrl, PromisesStreamName }),
    });
    await expect(labHere('redrive', 'promises')).rejects.toMatchObject({
      code: 'stack',
      message: expect.stringContaining(
        'promises has no queue that its dead letters could go back to',
      ) as string,
    });
  });
});

describe('lab redrive, where the endpoint moves none by itself', () => {
  it('moves each with its attributes, and leaves none behind', async () => {
    const { sqs, queueName, deadLetterQueueName } = await inAccountWithQueues();
    const messageAttributes = { trace: { DataType: 'String', StringValue: 'a' } };
    for (let index = 0; index < 23; index++) {
      sqs.sendMessage(deadLetterQueueName, `{"wait":${index}}`, { messageAttributes });
    }
    const { code, stdout, stderr } = await labHere('redrive', 'promises');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: '23 of 23 dead letters moved back to the queue of promises.\n',
    });
    expect(stderr).toContain('lab: this endpoint moves no messages by itself');
    const { ready = [] } = sqs.inspectQueue(queueName)?.messages ?? {};
    expect(ready.map(({ body }) => body).sort()).toEqual(
      Array.from({ length: 23 }, (_, index) => `{"wait":${index}}`).sort(),
    );
    expect(ready[0]?.messageAttributes).toMatchObject(messageAttributes);
    expect(sqs.inspectQueue(deadLetterQueueName)?.messages).toEqual({ ready: [], delayed: [], inflight: [] });
  });

  it('moves those of a FIFO queue into their groups, also when they were sent a moment ago', async () => {
    const { sqs, queueName, deadLetterQueueName } = await inAccountWithQueues(true);
    const { queue, dead } = await urls(queueName, deadLetterQueueName);
    const client = sqsClient();
    for (const [index, MessageGroupId] of ['a', 'a', 'b'].entries()) {
      const message = { MessageBody: String(index), MessageGroupId, MessageDeduplicationId: `id-${index}` };
      await client.send(new SendMessageCommand({ QueueUrl: dead, ...message }));
      // What died was in the queue before, and the queue remembers its id.
      await client.send(new SendMessageCommand({ QueueUrl: queue, ...message }));
    }
    await labHere('redrive', 'promises');
    const { ready = [] } = sqs.inspectQueue(queueName)?.messages ?? {};
    const moved = ready.map(({ body, messageGroupId }) => `${messageGroupId}${body}`);
    expect(moved.sort()).toEqual(['a0', 'a0', 'a1', 'a1', 'b2', 'b2']);
    expect(sqs.inspectQueue(deadLetterQueueName)?.messages.ready).toEqual([]);
  });

  it('keeps a dead letter that the queue does not take', async () => {
    const letter = {
      MessageId: 'm',
      ReceiptHandle: 'r',
      Body: '1',
      MD5OfBody: 'c4ca4238a0b923820dcc509a6f75849b',
    };
    const aws = await inAccount({
      ...holding(1),
      ReceiveMessage: () => json({ Messages: [letter] }),
      SendMessageBatch: () =>
        json({ Failed: [{ Id: '0', SenderFault: true, Code: 'InvalidMessageContents', Message: 'no' }] }),
    });
    await expect(labHere('redrive', 'promises')).rejects.toMatchObject({
      code: 'answer',
      message:
        'A dead letter could not be sent (InvalidMessageContents: no) and stays where it was; 0 were moved.',
    });
    expect(aws.asked).not.toContain('DeleteMessageBatch');
  });

  it('moves no more than there were: what dies again meanwhile is not moved for ever', async () => {
    const letter = {
      MessageId: 'm',
      ReceiptHandle: 'r',
      Body: '1',
      MD5OfBody: 'c4ca4238a0b923820dcc509a6f75849b',
    };
    const aws = await inAccount({
      ...holding(3),
      ReceiveMessage: ({ MaxNumberOfMessages }) =>
        json({ Messages: Array.from({ length: Number(MaxNumberOfMessages) }, () => letter) }),
      SendMessageBatch: () => json({}),
      DeleteMessageBatch: () => json({}),
    });
    const { stdout } = await labHere('redrive', 'promises');
    expect(stdout).toBe('3 of 3 dead letters moved back to the queue of promises.\n');
    expect(aws.asked.filter((action) => action === 'ReceiveMessage')).toHaveLength(1);
  });
});

async function urls(
  queueName: string,
  deadLetterQueueName: string,
): Promise<{ queue: string; dead: string }> {
  const url = async (QueueName: string): Promise<string> =>
    (await sqsClient().send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';
  return { queue: await url(queueName), dead: await url(deadLetterQueueName) };
}
