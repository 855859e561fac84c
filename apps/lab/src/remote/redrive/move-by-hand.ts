import type { Message, SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';

import type { DeployedQueue } from '../deployed-queue.ts';
import { RemoteError } from '../remote-error.ts';

/** Seconds that a message is hidden while it is moved: it is there again when the move was cut short. */
const hiddenSeconds = 60;

/**
 * Moves messages back where the endpoint cannot do it by itself: each is received, sent, and deleted only once it has
 * been taken. So none is lost; one whose deletion fails comes twice.
 *
 * @param most no more than these: those that come back meanwhile are not moved again and again
 * @param onMoved is told how many have been moved so far
 * @returns how many have been moved
 * @throws {RemoteError} when the queue does not take one: it stays where it was
 */
export async function moveByHand(
  from: DeployedQueue,
  to: DeployedQueue,
  most: number,
  onMoved: (moved: number) => void,
): Promise<number> {
  let moved = 0;
  while (moved < most) {
    const messages = await from.receive(Math.min(10, most - moved), hiddenSeconds);
    if (messages.length === 0) break;
    const refused = await to.send(messages.map((message, index) => entryOf(message, index, to.isFifo)));
    const ids = new Set(refused.map(({ Id }) => Id));
    const taken = messages.filter((_, index) => !ids.has(String(index)));
    const kept = taken.length > 0 ? await from.delete(taken) : [];
    moved += taken.length;
    onMoved(moved);
    const [failure] = [...refused, ...kept];
    if (failure) throw cutShort(moved, refused.length > 0 ? 'sent' : 'deleted', failure);
  }
  return moved;
}

function entryOf(message: Message, index: number, fifo: boolean): SendMessageBatchRequestEntry {
  const { Body, MessageAttributes, MessageId, Attributes: { MessageGroupId } = {} } = message;
  return {
    Id: String(index),
    MessageBody: Body,
    ...(MessageAttributes && { MessageAttributes }),
    ...(MessageGroupId !== undefined && { MessageGroupId }),
    // Not the one that it was sent with first: within five minutes the queue would take it for that and drop it.
    ...(fifo && { MessageDeduplicationId: MessageId }),
  };
}

function cutShort(
  moved: number,
  what: string,
  {
    Code = '',
    Message: reason = '',
  }: { readonly Code?: string | undefined; readonly Message?: string | undefined },
): RemoteError {
  const sentence = `A dead letter could not be ${what} (${Code}: ${reason}) and stays where it was; ${moved} were moved.`;
  return new RemoteError('answer', sentence);
}
