import type { Drained } from '@parallel-lambda/event-sources';

import type { AttemptLog } from './attempt-log.ts';
import type { ParkingLog } from './fates/parking-log.ts';
import { type Scenario, writeScenario } from './scenario.ts';

/** A message that the simulation sent. */
export interface SentScenario {
  readonly id: string;
  readonly lane: number;
  readonly scenario: Scenario;
}

const maxShown = 5;

/**
 * Finds messages that are lost (neither processed, a dead letter nor parked), messages that were parked twice, and lanes that are
 * out of order. A lane is in order
 * if the first successes of its messages came in the order in which the messages were sent; repeated successes and
 * messages without a success do not count.
 *
 * @param ordered whether the source promises order
 * @returns one sentence per violation, with the message's scenario; an empty array if there is none
 */
export function findViolations(
  sent: readonly SentScenario[],
  { settled, deadLetters, deliveries }: Drained,
  logs: { readonly attempts: AttemptLog; readonly parking: ParkingLog },
  ordered: boolean,
): readonly string[] {
  const { attempts, parking } = logs;
  const dead = new Set(deadLetters.map(({ messageId }) => messageId));
  const lost = sent.filter(
    ({ id, scenario }) => attempts.successesOf(scenario.number) === 0 && !dead.has(id) && !parking.has(id),
  );
  const describe = ({ id, lane, scenario }: SentScenario): string =>
    `${id} of lane ${lane}, delivered ${deliveries.get(id) ?? 0} times: ${writeScenario(scenario)}`;
  const violations = [
    ...(settled ? [] : ['The source is not empty']),
    ...lost.map((message) => `Lost: ${describe(message)}`),
    ...parking.violations,
    ...(ordered ? outOfOrder(sent, attempts).map((message) => `Out of order: ${describe(message)}`) : []),
  ];
  return violations.length <= maxShown
    ? violations
    : [...violations.slice(0, maxShown), `and ${violations.length - maxShown} more`];
}

/** Returns the messages whose first success came before that of a message sent earlier. */
function outOfOrder(sent: readonly SentScenario[], attemptLog: AttemptLog): readonly SentScenario[] {
  const latest = new Map<number, number>();
  return sent.filter(({ lane, scenario }) => {
    const place = attemptLog.firstSuccessOf(scenario.number);
    const before = latest.get(lane) ?? 0;
    latest.set(lane, Math.max(before, place));
    return place !== 0 && place < before;
  });
}
