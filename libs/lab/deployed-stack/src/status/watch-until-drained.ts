import { setTimeout as sleep } from 'node:timers/promises';

import type { StackObserver } from './stack-observer.ts';
import { isDrained, withoutBacklog, type TechniqueStatus } from './technique-status.ts';

/** Shows the status of the techniques. */
export interface StatusDisplay extends Disposable {
  /** Shows an intermediate status. */
  show(statuses: readonly TechniqueStatus[]): void;
  /** Shows the final status. */
  end(statuses: readonly TechniqueStatus[]): void;
}

/** Milliseconds between two looks, each of which is a request a queue. */
const betweenLooksMs = 2_000;

/** SQS's figures are about right: one look that finds nothing says little. */
const looksToBelieve = 2;

/**
 * Shows how the techniques stand until none of their queues holds anything that is to be worked on.
 *
 * Streams and topics tell no backlog: where there are no queues there is one look.
 *
 * @param pause between two looks
 * @returns how they stood at last
 */
export async function watchUntilDrained(
  observer: Pick<StackObserver, 'look'>,
  display: StatusDisplay,
  pause: () => Promise<unknown> = () => sleep(betweenLooksMs),
): Promise<readonly TechniqueStatus[]> {
  for (let empty = 0; ;) {
    const statuses = await observer.look();
    empty = isDrained(statuses) ? empty + 1 : 0;
    if (empty >= looksToBelieve || withoutBacklog(statuses).length === statuses.length) {
      display.end(statuses);
      return statuses;
    }
    display.show(statuses);
    await pause();
  }
}
