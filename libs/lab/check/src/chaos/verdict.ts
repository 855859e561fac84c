import type { InjectedFaults } from './fault-injector.ts';
import type { MessageKind } from './message-plan.ts';

/** Results of the messages of a chaos run. */
export interface Verdict {
  readonly seed: number;
  readonly sent: number;
  /** Messages by their fault. */
  readonly kinds: Readonly<Partial<Record<MessageKind, number>>>;
  /** Recorded as done, and not a dead letter. */
  readonly done: number;
  readonly deadLetters: number;
  /** Dead letters that were processed although every response was lost. */
  readonly doneAndDead: number;
  /** Neither done nor a dead letter. */
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
}

/** Returns the result of every message. */
export function judge({
  sent,
  done,
  deadLetters,
}: Seen): Pick<
  Verdict,
  'sent' | 'kinds' | 'done' | 'deadLetters' | 'doneAndDead' | 'lost' | 'repeated' | 'maxTimes'
> {
  const ids = [...sent.keys()];
  const kinds: Partial<Record<MessageKind, number>> = {};
  for (const kind of sent.values()) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const times = ids.map((id) => done.get(id) ?? 0);
  return {
    sent: ids.length,
    kinds,
    done: ids.filter((id) => done.has(id) && !deadLetters.has(id)).length,
    deadLetters: deadLetters.size,
    doneAndDead: ids.filter((id) => done.has(id) && deadLetters.has(id)).length,
    lost: ids.filter((id) => !done.has(id) && !deadLetters.has(id)),
    repeated: times.filter((count) => count > 1).length,
    maxTimes: times.reduce((max, count) => Math.max(max, count), 0),
  };
}
