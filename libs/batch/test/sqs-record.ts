import { sqsRecord as recordOf, type SqsRecordFields } from '@parallel-lambda/event-sources';

/** Creates a record of an SQS standard queue; `changes` replaces its properties, also by wrong ones. */
export function sqsRecord(messageId: string, changes: Readonly<Record<string, unknown>> = {}): object {
  return { ...recordOf(fieldsOf(messageId, 'orders')), ...changes };
}

/** Creates a record of an SQS FIFO queue; `changes` replaces its properties, also by wrong ones. */
export function sqsFifoRecord(
  messageId: string,
  messageGroupId: string,
  changes: Readonly<Record<string, unknown>> = {},
): object {
  return { ...recordOf({ ...fieldsOf(messageId, 'orders.fifo'), messageGroupId }), ...changes };
}

function fieldsOf(messageId: string, queueName: string): SqsRecordFields {
  return { messageId, body: `body of ${messageId}`, queueName };
}
