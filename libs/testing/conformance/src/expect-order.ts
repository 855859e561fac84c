import { expect } from 'vitest';

import type { Witness } from './witness.ts';

/** Expects that each message of a lane that was started was so after the one before it had ended. */
export function expectOrder(orders: readonly { readonly lane: string }[], witness: Witness): void {
  for (const lane of Map.groupBy([...orders.keys()], (number) => orders[number]?.lane).values()) {
    lane.slice(1).forEach((number, index) => {
      const before = lane[index] ?? 0;
      if (witness.startsOf(number) === 0) return;
      expect(witness.startedAt(number), `${number} after ${before}`).toBeGreaterThan(witness.endedAt(before));
      expect(witness.endedAt(before)).toBeGreaterThan(0);
    });
  }
}
