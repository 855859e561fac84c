import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';

import type { PlannedMessage } from './message-plan.ts';

const maxEntries = 10;

/**
 * Sends messages, ten at a time; to a FIFO queue in ten groups.
 *
 * @throws {Error} if the queue rejects a message, because then the sent messages are unknown
 */
export async function sendMessages(
  client: SQSClient,
  queueUrl: string,
  messages: readonly PlannedMessage[],
): Promise<void> {
  const fifo = queueUrl.endsWith('.fifo');
  for (let index = 0; index < messages.length; index += maxEntries) {
    const Entries = messages.slice(index, index + maxEntries).map(({ id, body }, place) => ({
      Id: String(place),
      MessageBody: body,
      ...(fifo && { MessageGroupId: `group-${place}`, MessageDeduplicationId: id }),
    }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    if (Failed[0]) throw new Error(`The queue did not accept a message: ${Failed[0].Message ?? ''}`);
  }
}

/** Receives and deletes all messages of a queue that has no other consumer. */
export async function takeAll(client: SQSClient, queueUrl: string): Promise<readonly string[]> {
  const bodies: string[] = [];
  for (;;) {
    const receive = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: maxEntries });
    const { Messages: messages = [] } = await client.send(receive);
    if (messages.length === 0) return bodies;
    bodies.push(...messages.map(({ Body = '' }) => Body));
    const Entries = messages.map(({ ReceiptHandle }: Message, place) => ({
      Id: String(place),
      ReceiptHandle,
    }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
}
