import type { Outcome } from '@parallel-lambda/batch';

/** The statuses of outcomes, to be compared at a glance. */
export function statuses(outcomes: readonly Outcome[]): readonly Outcome['status'][] {
  return outcomes.map(({ status }) => status);
}
