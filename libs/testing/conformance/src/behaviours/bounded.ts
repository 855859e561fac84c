import { expect, it } from 'vitest';

import type { MakeTechnique } from '../make-technique.ts';
import { setUpShared } from '../set-up-shared.ts';
import { statuses } from '../statuses.ts';
import { times } from '../times.ts';
import { turns } from '../turns.ts';

/** Contract 4: `workers` is the number of messages in work at one time, however often they begin anew. */
export function bounded(makeTechnique: MakeTechnique): void {
  const setUp = setUpShared(makeTechnique);

  it.each([1, 2, 3, 5, 8])('has %i messages in work at one time, never more', async (workers) => {
    const { run, witness } = await setUp({ workers });
    const running = run(times(3 * workers, 'gate'));
    await witness.untilStarts(workers);
    await turns();
    expect(witness.starts).toBe(workers);
    witness.openAll();
    expect(statuses(await running)).toEqual(times(3 * workers, 'succeeded'));
    expect(witness.mostInWork).toBe(workers);
  });

  it('replaces a message that has ended, failed or not, by the next', async () => {
    const { run, witness } = await setUp({ workers: 2 });
    const running = run(['gate, then fail', 'gate', 'gate, then fail', 'gate', 'gate']);
    for (let started = 2; started <= 5; started += 1) {
      await witness.untilStarts(started);
      expect(witness.inWork).toBe(2);
      const [oldest] = witness.startOrder().filter((number) => witness.endedAt(number) === 0);
      if (started < 5 && oldest !== undefined) witness.open(oldest);
    }
    witness.openAll();
    expect(statuses(await running)).toEqual(['failed', 'succeeded', 'failed', 'succeeded', 'succeeded']);
    expect(witness.mostInWork).toBe(2);
  });

  it('has every message in work at once when there are fewer than workers', async () => {
    const { run, witness } = await setUp({ workers: 8 });
    const running = run(times(5, 'gate'));
    await witness.untilStarts(5);
    witness.openAll();
    expect(statuses(await running)).toEqual(times(5, 'succeeded'));
    expect(witness.mostInWork).toBe(5);
  });

  it('does not let an idle worker of one batch raise the bound of the next', async () => {
    const { run, witness } = await setUp({ workers: 2 });
    await run(['succeed']);
    const running = run(times(6, 'gate'), { first: 1 });
    await witness.untilStarts(3);
    await turns();
    expect(witness.inWork).toBe(2);
    witness.openAll();
    await running;
    expect(witness.mostInWork).toBe(2);
  });
}
