import { expect, it } from 'vitest';

import type { MakeTechnique } from '../setup/fixture.ts';
import { statuses } from '../setup/helpers.ts';
import { setUp } from '../setup/set-up.ts';

/** For techniques without threads: one batch does not wait for another. */
export function sideBySide(makeTechnique: MakeTechnique): void {
  it('finishes one batch while all workers of an earlier one wait', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 2 });
    const one = run(['gate', 'gate', 'gate']);
    const other = run(['gate, then fail', 'gate', 'succeed'], { first: 10 });
    await recorder.untilStarts(4);
    recorder.open(10, 11);
    expect(statuses(await other)).toEqual(['failed', 'succeeded', 'succeeded']);
    recorder.open(0, 1, 2);
    expect(statuses(await one)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });
}
