import type { Batch } from './batch.ts';
import { nameOf } from './loggable-error.ts';
import { log, type Logger } from './logger.ts';
import type { Message } from './message.ts';
import type { Outcome, UnfinishedReason } from './outcome.ts';
import type { Fate } from './redelivery.ts';

/** Distinct errors that get a line each; the rest share one. */
const MAX_ERRORS = 10;
/** Identifiers in one line; the rest are counted. */
const MAX_IDS = 20;

/** Reasons why messages did not succeed, as in their log line. */
interface Reason {
  readonly level: keyof Logger;
  readonly text: string;
  /** The error of the first of them. */
  readonly error?: unknown;
}

const unfinished: Readonly<Partial<Record<UnfinishedReason, string>>> = {
  'not started': 'were not started',
  'held back': 'were held back after failures',
  interrupted: 'were interrupted',
  abandoned: 'ignored the abort signal and were abandoned',
};
const otherErrors: Reason = { level: 'error', text: 'failed with other errors' };
const unknownState: Reason = { level: 'error', text: 'are in an unknown state' };

/**
 * Logs which messages are redelivered, parked or delayed, and why: one line per reason and per distinct error. It logs
 * nothing when every message succeeded.
 *
 * The log is bounded for any number of failed messages and any errors: a fixed number of errors in full, counts and some
 * identifiers for the rest, and a last line at `untilMs`.
 *
 * @param untilMs the time at which the log must end, in milliseconds since the epoch
 * @param fates results of `redelivery`
 */
export function logOutcomes(
  { messages }: Batch,
  outcomes: readonly Outcome[],
  logger: Logger,
  untilMs = Infinity,
  fates: readonly (Fate | undefined)[] = [],
): void {
  const groups = groupsOf(messages, outcomes, fates, untilMs);
  let left = groups.length;
  for (const { level, text, error, ids, count, fate } of groups) {
    if (Date.now() >= untilMs) break;
    const more = count > ids.length ? ` and ${count - ids.length} more` : '';
    const line = `${count} of ${messages.length} messages ${text}, ${fate}: ${ids.join(', ')}${more}`;
    log(logger, level, line, error);
    left -= 1;
  }
  if (left > 0) log(logger, 'error', `${left} more lines are not logged: the response must be made now`);
}

/** Messages that did not succeed for one reason. */
interface Group extends Reason {
  /** The identifiers of the first of them. */
  readonly ids: string[];
  count: number;
  /** Next step for the messages. */
  readonly fate: Fate | 'redelivered';
}

/** @param untilMs the time from which no error is read any more, because reading can be slow */
function groupsOf(
  messages: readonly Message[],
  outcomes: readonly Outcome[],
  fates: readonly (Fate | undefined)[],
  untilMs: number,
): readonly Group[] {
  const groups = new Map<string, Group>();
  let errors = 0;
  messages.forEach(({ id }, position) => {
    const outcome = outcomes[position];
    if (outcome?.status === 'succeeded') return;
    const fate = fates[position] ?? 'redelivered';
    let reason = reasonOf(outcome, untilMs);
    if (outcome?.status === 'failed' && !groups.has(reason.text + fate)) {
      errors += 1;
      if (errors > MAX_ERRORS) reason = otherErrors;
    }
    const key = reason.text + fate;
    const group = groups.get(key) ?? { ...reason, ids: [], count: 0, fate };
    groups.set(key, group);
    group.count += 1;
    if (group.ids.length < MAX_IDS) group.ids.push(id);
  });
  return [...groups.values()];
}

function reasonOf(outcome: Outcome | undefined, untilMs: number): Reason {
  if (outcome?.status === 'unfinished') {
    const text = unfinished[outcome.reason];
    return text === undefined
      ? unknownState
      : { level: outcome.reason === 'abandoned' ? 'error' : 'warn', text };
  }
  if (outcome?.status !== 'failed') return unknownState;
  if (Date.now() >= untilMs) return otherErrors;
  return { level: 'error', text: `failed with ${nameOf(outcome.error)}`, error: outcome.error };
}
