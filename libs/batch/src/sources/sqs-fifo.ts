import { describe } from '../describe.ts';
import { InvalidEventError } from '../errors.ts';
import type { Source } from './source.ts';
import { readSqsHead, sqsRecords } from './sqs.ts';

/**
 * SQS FIFO queues: a lane a message group. When a message fails, the rest of its group is not started and is
 * reported with it; the other groups go on.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export const sqsFifo: Source = {
  ...sqsRecords,
  name: 'SQS FIFO',
  delivers: (eventSource, arn) => eventSource === 'aws:sqs' && arn.endsWith('.fifo'),
  readHead(record: { readonly attributes?: { readonly MessageGroupId?: unknown } | null }) {
    const head = readSqsHead(record);
    const lane = record.attributes?.MessageGroupId;
    if (typeof lane !== 'string' || lane === '') {
      throw new InvalidEventError(
        `Message ${head.id} of a FIFO queue must have a MessageGroupId, not ${describe(lane)}`,
      );
    }
    return { ...head, lane };
  },
  mayRepeat: false,
};
