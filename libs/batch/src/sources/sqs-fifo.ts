import { describe } from '../describe.ts';
import { InvalidEventError } from '../errors.ts';
import type { Source } from './source.ts';
import { readSqsMessage } from './sqs.ts';

/**
 * SQS FIFO queues: a lane a message group. When a message fails, the rest of its group is not started and is
 * reported with it; the other groups go on.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export const sqsFifo: Source = {
  name: 'SQS FIFO',
  delivers: (eventSource, arn) => eventSource === 'aws:sqs' && arn.endsWith('.fifo'),
  readMessage(record: { readonly attributes?: { readonly MessageGroupId?: unknown } | null }) {
    const message = readSqsMessage(record);
    const lane = record.attributes?.MessageGroupId;
    if (typeof lane !== 'string' || lane === '') {
      throw new InvalidEventError(
        `Message ${message.id} of a FIFO queue must have a MessageGroupId, not ${describe(lane)}`,
      );
    }
    return { ...message, lane };
  },
  mayRepeat: false,
};
