import type { Batch } from './batch.ts';
import { nameOf, readable } from './loggable-error.ts';
import { log, type Logger } from './logger.ts';
import type { Outcome, UnfinishedReason } from './outcome.ts';

/** Distinct errors that get a line each; the rest share one. */
const MAX_ERRORS = 10;
/** Identifiers in one line; the rest are counted. */
const MAX_IDS = 20;

/** Why messages did not succeed, as their log line says it. */
interface Reason {
  readonly level: keyof Logger;
  readonly text: string;
  /** The error of the first of them. */
  readonly error?: unknown;
}

const unfinished: Readonly<Record<UnfinishedReason, Reason>> = {
  'not started': { level: 'warn', text: 'were not started' },
  interrupted: { level: 'warn', text: 'were interrupted' },
  abandoned: { level: 'error', text: 'ignored the abort signal and were abandoned while still running' },
};
const otherErrors: Reason = { level: 'error', text: 'failed with other errors' };
const unknownState: Reason = { level: 'error', text: 'are in an unknown state' };

/**
 * Logs which messages are redelivered, and why: one line per reason and per distinct error. It logs nothing when every message
 * succeeded.
 *
 * The log is bounded, however many messages failed with whatever errors: a fixed number of errors in full, counts and some
 * identifiers for the rest, and a last line at `untilMs`.
 *
 * @param untilMs the time at which the log must end, in milliseconds since the epoch
 */
export function logOutcomes(
  { messages }: Batch,
  outcomes: readonly Outcome[],
  logger: Logger,
  untilMs = Infinity,
): void {
  const groups = new OutcomeGroups(untilMs);
  for (const [position, { id }] of messages.entries()) groups.add(id, outcomes[position]);
  let left = groups.size;
  for (const { level, text, error, ids, count } of groups) {
    if (Date.now() >= untilMs) break;
    const more = count > ids.length ? ` and ${count - ids.length} more` : '';
    const line = `${count} of ${messages.length} messages ${text}, redelivered: ${ids.join(', ')}${more}`;
    log(logger, level, line, error === undefined ? undefined : readable(error));
    left -= 1;
  }
  if (left > 0)
    log(logger, 'error', `${left} more lines are not logged, because the response must be made now`);
}

/** Messages that did not succeed for one reason. */
interface Group extends Reason {
  /** The identifiers of the first of them. */
  readonly ids: string[];
  count: number;
}

/** The messages of a batch that did not succeed, grouped by the reason. */
class OutcomeGroups {
  readonly #groups = new Map<string, Group>();
  readonly #untilMs: number;
  #errors = 0;

  /** @param untilMs the time from which no error is read any more, because reading can be slow */
  constructor(untilMs: number) {
    this.#untilMs = untilMs;
  }

  get size(): number {
    return this.#groups.size;
  }

  [Symbol.iterator](): Iterator<Group> {
    return this.#groups.values();
  }

  add(id: string, outcome: Outcome | undefined): void {
    if (outcome?.status === 'succeeded') return;
    const group = this.#groupOf(
      outcome?.status === 'failed' ? this.#reasonOf(outcome.error) : reasonOf(outcome),
    );
    group.count += 1;
    if (group.ids.length < MAX_IDS) group.ids.push(id);
  }

  #reasonOf(error: unknown): Reason {
    if (Date.now() >= this.#untilMs) return otherErrors;
    const text = `failed with ${nameOf(error)}`;
    if (this.#groups.has(text)) return { level: 'error', text };
    this.#errors += 1;
    return this.#errors > MAX_ERRORS ? otherErrors : { level: 'error', text, error };
  }

  #groupOf(reason: Reason): Group {
    const group = this.#groups.get(reason.text) ?? { ...reason, ids: [], count: 0 };
    this.#groups.set(reason.text, group);
    return group;
  }
}

function reasonOf(
  outcome: Exclude<Outcome, { readonly status: 'succeeded' | 'failed' }> | undefined,
): Reason {
  const reasons: Readonly<Record<string, Reason | undefined>> = unfinished;
  return (outcome?.status === 'unfinished' ? reasons[outcome.reason] : undefined) ?? unknownState;
}
