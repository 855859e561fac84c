import { sqsRecord, type SqsRecord, type SqsRecordFields } from '@parallel-lambda/event-sources';

/** Creates an event of a queue; the identifier and the receipt handle of each message are its body. */
export function sqsEvent(...bodies: readonly string[]): { readonly Records: SqsRecord[] } {
  return { Records: bodies.map((body) => record(body)) };
}

/** Creates an event of a FIFO queue of messages of groups. */
export function fifoEvent(...messages: readonly (readonly [group: string, body: string])[]): {
  readonly Records: SqsRecord[];
} {
  return {
    Records: messages.map(([messageGroupId, body]) =>
      record(`${body} of ${messageGroupId}`, { messageGroupId, queueName: 'orders.fifo' }),
    ),
  };
}

function record(body: string, fields: Partial<SqsRecordFields> = {}): SqsRecord {
  return sqsRecord({ messageId: body, receiptHandle: body, body, queueName: 'orders', ...fields });
}
