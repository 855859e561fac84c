import { setTimeout as sleep } from 'node:timers/promises';

import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';

import type { DeployedQueue } from '../deployed-queue.ts';
import type { Entry } from './entries.ts';

/** A message that the queue did not take, and why. */
export interface Refused {
  readonly code: string;
  readonly message: string;
}

/** How often what the queue failed to take is sent. */
const attempts = 4;

/** Before an attempt; 1 is the second. */
export type Pause = (attempt: number) => Promise<unknown>;

const exponential: Pause = (attempt) => sleep(100 * 2 ** attempt);

/**
 * Sends a batch. A batch can be taken in part: what failed by no fault of ours is sent again, three times.
 *
 * @returns those messages that were not taken
 */
export async function sendBatch(
  queue: DeployedQueue,
  batch: readonly Entry[],
  pause = exponential,
): Promise<readonly Refused[]> {
  const refused: BatchResultErrorEntry[] = [];
  let left = batch;
  for (let attempt = 1; left.length > 0; attempt++) {
    const failed = await queue.send([...left]);
    const again = attempt < attempts ? failed.filter(({ SenderFault }) => !SenderFault) : [];
    refused.push(...failed.filter((entry) => !again.includes(entry)));
    const ids = new Set(again.map(({ Id }) => Id));
    left = left.filter(({ Id }) => ids.has(Id));
    if (left.length > 0) await pause(attempt);
  }
  return refused.map(({ Code = 'unknown', Message = '' }) => ({ code: Code, message: Message }));
}
