import { requiredText } from './required.ts';
import type { Source } from './source.ts';
import { readSqsHead, sqsRecords } from './sqs.ts';

/**
 * SQS FIFO queues: one lane per message group. When a message fails, the rest of its group is not started and is reported with
 * it; the other groups continue.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export const sqsFifo: Source = {
  ...sqsRecords,
  name: 'SQS FIFO',
  delivers: (eventSource, arn) => eventSource === 'aws:sqs' && arn.endsWith('.fifo'),
  readHead(record: { readonly attributes?: { readonly MessageGroupId?: unknown } | null }) {
    const head = readSqsHead(record);
    const group = record.attributes?.MessageGroupId;
    const lane = requiredText(`Message ${head.id} of a FIFO queue must have a MessageGroupId`, group);
    return { ...head, lane };
  },
};
