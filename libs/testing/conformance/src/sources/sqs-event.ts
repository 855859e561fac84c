import { sqsRecord } from '@parallel-lambda/event-sources';

/** A message that a test sends. */
export interface SentMessage {
  readonly id: string;
  readonly body: string;
  /** Number of receives, including this one. Without it, the record has no receive count. */
  readonly receiveCount?: number | undefined;
  /** Its message group, which makes the queue of the event a FIFO queue. */
  readonly group?: string | undefined;
}

/**
 * Creates the event that Lambda passes to a function for messages of an SQS queue: a FIFO queue if the messages have a
 * group.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export function sqsEvent(messages: readonly SentMessage[]): { readonly Records: readonly object[] } {
  const Records = messages.map(({ id, body, receiveCount, group }) => {
    const record = sqsRecord({
      messageId: id,
      body,
      ...(receiveCount !== undefined && { receiveCount }),
      ...(group !== undefined && { messageGroupId: group }),
    });
    if (receiveCount !== undefined) return record;
    const attributes: Partial<typeof record.attributes> = { ...record.attributes };
    delete attributes.ApproximateReceiveCount;
    return { ...record, attributes };
  });
  return { Records };
}
