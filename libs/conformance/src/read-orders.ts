import { readBatch, type Batch } from '@parallel-lambda/batch';

import { sentMessages } from './sent-messages.ts';
import { sqsEvent } from './sqs-event.ts';

/** The batch of a queue's messages, one an order; what `sentMessages` takes. */
export function readOrders(...orders: Parameters<typeof sentMessages>): Batch {
  return readBatch(sqsEvent(sentMessages(...orders)));
}
