import { sqsRecord, type SqsEvent } from '@parallel-lambda/event-sources';

/**
 * An event of which so many messages are worked on at one time, whatever the function's own number of workers is: its
 * messages are those of a FIFO queue, in so many groups in turn, and a group is worked on in order.
 *
 * @param messages how many
 * @param body of each: JSON
 * @param lanes at one time
 */
export function eventInLanes(messages: number, body: unknown, lanes: number): SqsEvent {
  const text = JSON.stringify(body);
  return {
    Records: Array.from({ length: messages }, (_, index) =>
      sqsRecord({
        messageId: `message-${index}`,
        body: text,
        messageGroupId: `group-${index % lanes}`,
        sequenceNumber: String(index).padStart(20, '0'),
      }),
    ),
  };
}
