import { expect, it } from 'vitest';

import type { MakeTechnique } from '../make-technique.ts';
import { setUp } from '../set-up.ts';
import { statuses } from '../statuses.ts';

/** What a technique owes whose workers are not a fixed set of threads: one batch does not wait for another. */
export function sideBySide(makeTechnique: MakeTechnique): void {
  it('does one batch while another, begun before it, has all its workers wait', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 2 });
    const one = run(['gate', 'gate', 'gate']);
    const other = run(['gate, then fail', 'gate', 'succeed'], { first: 10 });
    await witness.untilStarts(4);
    witness.open(10, 11);
    expect(statuses(await other)).toEqual(['failed', 'succeeded', 'succeeded']);
    witness.open(0, 1, 2);
    expect(statuses(await one)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });
}
