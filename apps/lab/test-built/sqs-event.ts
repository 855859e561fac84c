import { sqsRecord } from '@parallel-lambda/event-sources';

/** A message that a test sends. */
export interface SentMessage {
  readonly id: string;
  /** Its text, or the steps that become its text. */
  readonly body: unknown;
  /** Its message group, which makes the queue of the event a FIFO queue. */
  readonly group?: string;
}

/** Creates the event that Lambda passes to a function for messages of an SQS queue. */
export function sqsEvent(messages: readonly SentMessage[]): { readonly Records: readonly object[] } {
  const isFifo = messages.some(({ group }) => group !== undefined);
  return {
    Records: messages.map(({ id, body, group }) =>
      sqsRecord({
        messageId: id,
        body: typeof body === 'string' ? body : JSON.stringify(body),
        queueName: isFifo ? 'orders.fifo' : 'orders',
        ...(group !== undefined && { messageGroupId: group }),
      }),
    ),
  };
}
