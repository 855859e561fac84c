import type { SqsEvent } from '../sqs.ts';
import { workOnShares } from './threads.ts';

/**
 * The simplest use of two threads: each gets half of the batch in one task. There is no deadline and no order, one batch at a
 * time, and a thread that has finished its half does not help the other.
 */
export async function handler({ Records: records }: SqsEvent): Promise<unknown> {
  const half = Math.ceil(records.length / 2);
  return workOnShares([records.slice(0, half), records.slice(half)]);
}
