import type { Random } from '../src/drain/seeded-random.ts';
import type { InvocationResult } from '../src/event-source.ts';
import { failing } from './failing.ts';

/** A source under test and its guarantees. */
export interface Rules {
  /** The lane of a message that was sent as the index-th. */
  readonly laneOf: (index: number) => string;
  /** True if a lane's messages are delivered in the order in which they were sent, and in one batch at a time. */
  readonly ordered: boolean;
  /** True if a response has a checkpoint, from which everything is redelivered. */
  readonly checkpoint: boolean;
  /** Identifier of a message in a response. */
  readonly nameOf: (id: string) => unknown;
  /** Time after which a batch in flight is ignored. */
  readonly visibilityMs: number;
}

/** Result of an invocation, and the messages that are finished by it. */
export interface Answer {
  readonly result: InvocationResult;
  readonly succeeded: readonly string[];
}

const nonsense = ['', null, undefined, 'unknown', 7, {}, { partition: 'topic-0', offset: -1 }];
const emptiness = [null, undefined, {}, '', 'done', { batchItemFailures: null }, { failures: ['x'] }];
const faults = ['error', 'timeout', 'killed'] as const;

/** Returns a random response, and its meaning by the simplest reading of AWS's tables. */
export function answer(ids: readonly string[], rules: Rules, random: Random): Answer {
  const oneOf = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)];
  const chance = random();
  if (chance < 0.15) return { result: { kind: oneOf(faults) ?? 'killed' }, succeeded: [] };
  if (chance < 0.3) {
    const identifiers = [rules.nameOf(ids[0] ?? ''), oneOf(nonsense)];
    return { result: failing(...identifiers), succeeded: [] };
  }
  if (chance < 0.4) return { result: { kind: 'response', payload: oneOf(emptiness) }, succeeded: ids };
  const failed = ids.filter(() => random() < 0.3);
  const lowest = ids.findIndex((id) => failed.includes(id));
  const before = lowest === -1 ? ids : ids.slice(0, lowest);
  return {
    result: failing(...failed.toReversed().map(rules.nameOf)),
    succeeded: rules.checkpoint ? before : ids.filter((id) => !failed.includes(id)),
  };
}
