import type { InjectedFaults } from './fault-injector.ts';
import type { MessageKind } from './message-plan.ts';

/** Results of the messages of a chaos run. */
export interface Verdict {
  readonly seed: number;
  readonly sent: number;
  /** Messages by their fault. */
  readonly kinds: Readonly<Partial<Record<MessageKind, number>>>;
  /** Recorded as done, and neither a dead letter nor parked. */
  readonly done: number;
  readonly deadLetters: number;
  /** Dead letters that were processed although every response was lost. */
  readonly doneAndDead: number;
  /** Messages in a parking queue, without dead letters. */
  readonly parked: number;
  /** Messages that are parked more than once, because an environment was lost before its response. */
  readonly parkedAgain: number;
  /** Neither done, a dead letter nor parked. */
  readonly lost: readonly string[];
  /** Messages that were done more than once. */
  readonly repeated: number;
  /** Maximum number of times that a message was finished. */
  readonly maxTimes: number;
  readonly invocations: Readonly<Record<'success' | 'error' | 'timeout', number>>;
  readonly environments: InjectedFaults;
  readonly seconds: number;
}

/** Observations of a run. */
export interface Seen {
  readonly sent: ReadonlyMap<string, MessageKind>;
  /** Number of times that each message was processed. */
  readonly done: ReadonlyMap<string, number>;
  readonly deadLetters: ReadonlySet<string>;
  /** Number of times that each message is in a parking queue. */
  readonly parked: ReadonlyMap<string, number>;
}

/** Returns the result of every message. */
export function judge({
  sent,
  done,
  deadLetters,
  parked,
}: Seen): Omit<Verdict, 'seed' | 'invocations' | 'environments' | 'seconds'> {
  const ids = [...sent.keys()];
  const kinds: Partial<Record<MessageKind, number>> = {};
  for (const kind of sent.values()) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const times = ids.map((id) => done.get(id) ?? 0);
  const isElsewhere = (id: string): boolean => deadLetters.has(id) || parked.has(id);
  return {
    sent: ids.length,
    kinds,
    done: ids.filter((id) => done.has(id) && !isElsewhere(id)).length,
    deadLetters: deadLetters.size,
    doneAndDead: ids.filter((id) => done.has(id) && deadLetters.has(id)).length,
    parked: ids.filter((id) => parked.has(id) && !deadLetters.has(id)).length,
    parkedAgain: ids.filter((id) => (parked.get(id) ?? 0) > 1).length,
    lost: ids.filter((id) => !done.has(id) && !isElsewhere(id)),
    repeated: times.filter((count) => count > 1).length,
    maxTimes: times.reduce((max, count) => Math.max(max, count), 0),
  };
}
