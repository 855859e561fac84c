import type { Batch } from './batch.ts';
import { nameOf, readable } from './loggable-error.ts';
import { log, type Logger } from './logger.ts';
import type { Outcome, UnfinishedReason } from './outcome.ts';
import type { Fate } from './redelivery.ts';

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
 * Logs which messages are redelivered, parked or delayed, and why: one line per reason and per distinct error. It logs nothing when every message
 * succeeded.
 *
 * The log is bounded, however many messages failed with whatever errors: a fixed number of errors in full, counts and some
 * identifiers for the rest, and a last line at `untilMs`.
 *
 * @param untilMs the time at which the log must end, in milliseconds since the epoch
 * @param fates what `redelivery` has done with the messages
 */
export function logOutcomes(
  { messages }: Batch,
  outcomes: readonly Outcome[],
  logger: Logger,
  untilMs = Infinity,
  fates: readonly (Fate | undefined)[] = [],
): void {
  const groups = new OutcomeGroups(untilMs);
  for (const [position, { id }] of messages.entries()) groups.add(id, outcomes[position], fates[position]);
  let left = groups.size;
  for (const { level, text, error, ids, count, fate } of groups) {
    if (Date.now() >= untilMs) break;
    const more = count > ids.length ? ` and ${count - ids.length} more` : '';
    const line = `${count} of ${messages.length} messages ${text}, ${fate}: ${ids.join(', ')}${more}`;
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
  /** What becomes of them. */
  readonly fate: Fate | 'redelivered';
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

  add(id: string, outcome: Outcome | undefined, fate: Fate | 'redelivered' = 'redelivered'): void {
    if (outcome?.status === 'succeeded') return;
    const reason = outcome?.status === 'failed' ? this.#reasonOf(outcome.error, fate) : reasonOf(outcome);
    const group = this.#groupOf(reason, fate);
    group.count += 1;
    if (group.ids.length < MAX_IDS) group.ids.push(id);
  }

  #reasonOf(error: unknown, fate: string): Reason {
    if (Date.now() >= this.#untilMs) return otherErrors;
    const text = `failed with ${nameOf(error)}`;
    if (this.#groups.has(text + fate)) return { level: 'error', text };
    this.#errors += 1;
    return this.#errors > MAX_ERRORS ? otherErrors : { level: 'error', text, error };
  }

  #groupOf(reason: Reason, fate: Group['fate']): Group {
    const key = reason.text + fate;
    const group = this.#groups.get(key) ?? { ...reason, ids: [], count: 0, fate };
    this.#groups.set(key, group);
    return group;
  }
}

function reasonOf(
  outcome: Exclude<Outcome, { readonly status: 'succeeded' | 'failed' }> | undefined,
): Reason {
  const reasons: Readonly<Record<string, Reason | undefined>> = unfinished;
  return (outcome?.status === 'unfinished' ? reasons[outcome.reason] : undefined) ?? unknownState;
}
