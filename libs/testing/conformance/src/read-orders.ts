import { readBatch, type Batch } from '@parallel-lambda/batch/technique';

import { sentMessages, type Order } from './sent-messages.ts';
import type { SourceUnderTest } from './sources-under-test.ts';
import { sqsEvent } from './sqs-event.ts';

/**
 * The batch of a source's messages, one an order.
 *
 * @param first the number of the first task
 * @default first 0
 * @default source an SQS queue, of FIFO where an order has a lane
 */
export function readOrders(orders: readonly Order[], first?: number, source?: SourceUnderTest): Batch {
  const messages = sentMessages(orders, first);
  return readBatch(source ? source.eventOf(messages) : sqsEvent(messages), source?.options);
}
