import type { SqsEvent } from '../sqs.ts';
import { workOnShares } from '../two-threads.ts';

/**
 * The least that two threads can do for messages that are all alike: each is handed its half at once. No deadline, no
 * order, one batch at a time, and a thread that is done leaves the rest to the other.
 */
export async function handler({ Records: records }: SqsEvent): Promise<unknown> {
  const half = Math.ceil(records.length / 2);
  return workOnShares([records.slice(0, half), records.slice(half)]);
}
