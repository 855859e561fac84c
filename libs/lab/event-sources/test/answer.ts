import type { Random } from '../src/drain/seeded-random.ts';
import type { InvocationResult } from '../src/event-source.ts';
import { failing } from './failing.ts';

/** What a source promises, and how to speak to it. */
export interface Rules {
  /** The lane of a message that was sent as the index-th. */
  readonly laneOf: (index: number) => string;
  /** Whether a lane's messages come in the order in which they were sent, and in one batch at a time. */
  readonly ordered: boolean;
  /** Whether a response names a checkpoint, from which on everything comes again. */
  readonly checkpoint: boolean;
  /** How a response names a message. */
  readonly nameOf: (id: string) => unknown;
  /** After this long a batch in flight counts for nothing. */
  readonly visibilityMs: number;
}

/** What became of an invocation, and which messages are done by that. */
export interface Answer {
  readonly result: InvocationResult;
  readonly succeeded: readonly string[];
}

const nonsense = ['', null, undefined, 'nobody', 7, {}, { partition: 'topic-0', offset: -1 }];
const emptiness = [null, undefined, {}, '', 'done', { batchItemFailures: null }, { failures: ['x'] }];
const faults = ['error', 'timeout', 'killed'] as const;

/** Answers by chance, and says by the plainest reading of AWS's tables what that means. */
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
