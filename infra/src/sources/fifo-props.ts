import { DeduplicationScope, FifoThroughputLimit } from 'aws-cdk-lib/aws-sqs';

/**
 * High throughput: order and deduplication per message group. A dead-letter queue needs the same throughput as its
 * source. Senders give each message a deduplication id.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html
 */
export const fifoProps = {
  fifo: true,
  deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
  fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
} as const;
