import { setTimeout as sleep } from 'node:timers/promises';

import type { Destination, NotTaken, OutgoingMessage, Refused } from './destination.ts';

/** How often what was not taken is sent. */
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
  destination: Pick<Destination, 'send'>,
  batch: readonly OutgoingMessage[],
  pause = exponential,
): Promise<readonly Refused[]> {
  const refused: NotTaken[] = [];
  let left = batch;
  for (let attempt = 1; left.length > 0; attempt++) {
    const failed = await destination.send(left);
    const again = attempt < attempts ? failed.filter((message) => message.again) : [];
    refused.push(...failed.filter((message) => !again.includes(message)));
    const ids = new Set(again.map(({ id }) => id));
    left = left.filter(({ id }) => ids.has(id));
    if (left.length > 0) await pause(attempt);
  }
  return refused.map(({ code, message }) => ({ code, message }));
}
