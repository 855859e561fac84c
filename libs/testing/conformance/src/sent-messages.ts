import type { Deed } from './deeds.ts';
import type { SentMessage } from './sqs-event.ts';
import { writeTask } from './task.ts';

/** A message that the suite sends: what is to be done with it, and the lane it belongs to. */
export type Order = Deed | { readonly do: Deed; readonly lane?: string };

/**
 * The messages of a batch, one an order. When one has a lane, all are messages of a FIFO queue, and those without
 * are lanes of their own.
 *
 * @param first the number of the first task: the witness tells messages apart by it
 * @default first 0
 */
export function sentMessages(orders: readonly Order[], first = 0): readonly SentMessage[] {
  const ordered = orders.some((order) => typeof order !== 'string' && order.lane !== undefined);
  return orders.map((order, position) => {
    const number = first + position;
    const { do: deed, lane = `alone-${number}` } = typeof order === 'string' ? { do: order } : order;
    return {
      id: `message-${number}`,
      body: writeTask({ number, do: deed }),
      receiveCount: 1,
      ...(ordered && { group: lane }),
    };
  });
}
