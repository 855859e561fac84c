import { LocalLambdaError } from '@parallel-lambda/local-lambda';
import type { SeriesFigures } from '@parallel-lambda/report';

import { defaultBudget } from './tuning.ts';

/**
 * Advice by what happened to come first would be none.
 *
 * @throws {LocalLambdaError} `setting`, when there was no time for all settings of the coarse search
 */
export function refuseTooSmall(
  found: readonly SeriesFigures[],
  { budget, json }: { readonly budget: number; readonly json: string },
): void {
  const missing = found.filter(({ duration, failures }) => !duration && failures.invocations === 0);
  if (missing.length === 0) return;
  const failed = found.filter(({ failures }) => failures.invocations > 0);
  const reason = failed[0]
    ? ` (${failed[0].series.id}: ${failed[0].failures.why ?? 'every message failed'})`
    : '';
  throw new LocalLambdaError(
    'setting',
    `${budget} s are too few to advise by: ${missing.length} of the ${found.length} settings that are looked at first were ` +
      `not measured${failed.length > 0 ? `, and ${failed.length} failed${reason}` : ''}. Give it more (--budget; ` +
      `${defaultBudget} where it is not told) or fewer sizes (--memory). ${json} has what was measured, and --resume goes on ` +
      'with it',
  );
}
