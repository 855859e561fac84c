import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import type { MakeTechnique } from '../make-technique.ts';
import { reportedProperty } from '../reported-property.ts';
import { setUp } from '../set-up.ts';
import type { Trial } from '../trial.ts';
import { turns } from '../turns.ts';
import { Witness } from '../witness.ts';

const deeds = ['succeed', 'succeed later', 'fail', 'throw undefined', 'throw a string'] as const;
const order = fc.record({
  do: fc.constantFrom(...deeds),
  lane: fc.integer({ min: 0, max: 5 }).map((lane) => `lane ${lane}`),
});

/** The contract as one sentence, tried on any batch: a message succeeds when it and all before it in its lane can. */
export function anyBatch(makeTechnique: MakeTechnique): void {
  it('does every message that can be done, and no other', async () => {
    const witness = new Witness();
    const trials = new Map<number, Trial>();
    const trialOf = (workers: number): Trial => {
      const trial = trials.get(workers) ?? setUp(makeTechnique, { workers }, witness);
      trials.set(workers, trial);
      return trial;
    };
    await reportedProperty(
      fc.asyncProperty(
        fc.array(order, { maxLength: 40 }),
        fc.integer({ min: 1, max: 8 }),
        async (orders, workers) => {
          const { run } = trialOf(workers);
          await turns();
          await turns();
          witness.reset();
          const outcomes = await run(orders);
          const seen = outcomes.map(({ status }, number) => ({ status, starts: witness.startsOf(number) }));
          expect(seen).toEqual(expectedOf(orders));
          expect(witness.mostInWork).toBeLessThanOrEqual(workers);
          expect(witness.inWork).toBe(0);
        },
      ),
      200,
    );
  });
}

/** The model: one message after another, remembering which lanes are over. */
function expectedOf(orders: readonly { readonly do: string; readonly lane: string }[]): readonly object[] {
  const over = new Set<string>();
  return orders.map(({ do: deed, lane }) => {
    if (over.has(lane)) return { status: 'unfinished', starts: 0 };
    if (deed.startsWith('succeed')) return { status: 'succeeded', starts: 1 };
    over.add(lane);
    return { status: 'failed', starts: 1 };
  });
}
