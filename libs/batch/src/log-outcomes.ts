import type { Batch } from './batch.ts';
import { describe } from './describe.ts';
import type { Outcome } from './outcome.ts';

/**
 * Says in the log which messages are delivered again, and why: a line for each distinct error and each reason,
 * so that ten thousand messages which failed alike are one line. Silent when every message succeeded.
 */
export function logOutcomes(batch: Batch, outcomes: readonly Outcome[]): void {
  const causes = new Map<string, { readonly ids: string[]; readonly error?: unknown }>();
  batch.messages.forEach(({ id }, position) => {
    const outcome = outcomes[position];
    if (outcome?.status === 'succeeded') return;
    const cause = causeOf(outcome);
    const same = causes.get(cause);
    if (same) same.ids.push(id);
    else causes.set(cause, { ids: [id], ...(outcome?.status === 'failed' && { error: outcome.error }) });
  });
  for (const [cause, { ids, error }] of causes) {
    const line = `${ids.length} of ${batch.messages.length} messages ${cause}, delivered again: ${ids.join(', ')}`;
    try {
      if (error instanceof Error) console.error(line, error);
      else console.error(line);
    } catch {
      // What cannot be printed must not cost the batch its response.
      console.error(line);
    }
  }
}

function causeOf(outcome: Outcome | undefined): string {
  if (outcome?.status === 'failed') return `failed with ${nameOf(outcome.error)}`;
  if (outcome?.status !== 'unfinished') return 'are in an unknown state';
  switch (outcome.reason) {
    case 'not started':
      return 'were not started';
    case 'abandoned':
      return 'did not heed the abort signal and were abandoned while still running';
    case 'stopped':
      return 'were stopped before they were done';
  }
}

function nameOf(error: unknown): string {
  try {
    return error instanceof Error ? describe(`${error.name}: ${error.message}`) : describe(error);
  } catch {
    return 'an error that cannot be read';
  }
}
