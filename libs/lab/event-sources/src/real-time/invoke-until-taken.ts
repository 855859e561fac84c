import { setTimeout as sleep } from 'node:timers/promises';

import type { InvocationResult } from '../event-source.ts';
import type { MappedFunction } from './mapped-function.ts';

const firstPauseMs = 100;
const maxPauseMs = 5_000;

/**
 * Invokes a function, and again with growing pauses for as long as it is throttled: like Lambda, which keeps a
 * throttled batch and does not count that as a failure.
 *
 * @param untilMs on the clock of `performance.now()`: from then on a throttled batch is returned to its source
 * @param signal ends the waiting
 * @returns nothing when the function did not take the batch
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export async function invokeUntilTaken(
  invoke: () => ReturnType<MappedFunction>,
  untilMs: number,
  signal: AbortSignal,
): Promise<InvocationResult | undefined> {
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(2 * pauseMs, maxPauseMs)) {
    const handover = await invoke();
    if (handover.kind !== 'throttled') return handover;
    if (performance.now() + pauseMs >= untilMs) return undefined;
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}
