import type { Delivery } from '../src/event-source.ts';

/** A delivery that must have been given. */
export function taken<Event extends object>(delivery: Delivery<Event> | undefined): Delivery<Event> {
  if (!delivery) throw new Error('The source gave no batch');
  return delivery;
}
