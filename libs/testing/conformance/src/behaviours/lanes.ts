import { notStarted } from '@parallel-lambda/batch/technique';
import { expect, it } from 'vitest';

import type { MakeTechnique } from '../make-technique.ts';
import type { Order } from '../sent-messages.ts';
import { setUpShared } from '../set-up-shared.ts';
import { statuses } from '../statuses.ts';
import { times } from '../times.ts';
import { turns } from '../turns.ts';

/** Contract 5: inside a lane one at a time, in order, until one does not succeed; lanes beside each other. */
export function lanes(makeTechnique: MakeTechnique): void {
  const setUp = setUpShared(makeTechnique);

  it('works on the messages of a lane one at a time, in order', async () => {
    const { run, witness } = await setUp({ workers: 8 });
    witness.openAll();
    const orders = Array.from({ length: 30 }, (_, index) => gate(`lane ${index % 3}`));
    expect(statuses(await run(orders))).toEqual(times(30, 'succeeded'));
    for (let number = 3; number < 30; number += 1) {
      expect(witness.startedAt(number)).toBeGreaterThan(witness.endedAt(number - 3));
    }
    expect(witness.mostInWork).toBeLessThanOrEqual(3);
  });

  it('starts no message of a lane while the one before it is in work, idle workers or not', async () => {
    const { run, witness } = await setUp({ workers: 8 });
    const running = run([gate('a'), gate('a'), gate('b'), gate('b')]);
    await witness.untilStarts(2);
    await turns();
    expect(witness.starts).toBe(2);
    expect(witness.startsOf(0) + witness.startsOf(2)).toBe(2);
    witness.openAll();
    await running;
  });

  it('goes on with the other lanes while one waits', async () => {
    const { run, witness } = await setUp({ workers: 2 });
    witness.open(1, 2, 4, 5, 6);
    const running = run(['slow', 'b', 'b', 'slow', 'c', 'c', 'd'].map(gate));
    await witness.untilEnds(5);
    expect(witness.startsOf(3)).toBe(0);
    witness.openAll();
    expect(statuses(await running)).toEqual(times(7, 'succeeded'));
  });

  it.each(['fail', 'throw an error', 'throw undefined'] as const)(
    'does not start the rest of a lane after "%s", and lets the others go on',
    async (way) => {
      const { run, witness } = await setUp({ workers: 4 });
      const outcomes = await run([
        { do: 'succeed', lane: 'a' },
        { do: 'succeed', lane: 'b' },
        { do: way, lane: 'a' },
        { do: 'succeed', lane: 'b' },
        { do: 'succeed', lane: 'a' },
        { do: 'fail', lane: 'a' },
        { do: 'succeed', lane: 'b' },
      ]);
      expect(statuses(outcomes)).toEqual([
        'succeeded',
        'succeeded',
        'failed',
        'succeeded',
        'unfinished',
        'unfinished',
        'succeeded',
      ]);
      expect([outcomes[4], outcomes[5]]).toEqual([notStarted, notStarted]);
      expect(witness.starts).toBe(5);
    },
  );

  it('works on lanes in parallel', async () => {
    const { run, witness } = await setUp({ workers: 3 });
    const running = run(['a', 'a', 'b', 'b', 'c', 'c'].map(gate));
    await witness.untilStarts(3);
    expect(witness.startsOf(0) + witness.startsOf(2) + witness.startsOf(4)).toBe(3);
    witness.openAll();
    await running;
  });

  it('claims the lanes in the order of their first message, and ends each before the next', async () => {
    const { run, witness } = await setUp({ workers: 1 });
    await run(['c', 'a', 'c', 'b', 'a', 'b', 'c'].map((lane) => ({ do: 'succeed later', lane })));
    expect(witness.startOrder()).toEqual([0, 2, 6, 1, 4, 3, 5]);
  });

  it('claims unordered messages in the order of the batch', async () => {
    const { run, witness } = await setUp({ workers: 1 });
    await run(times(50, 'succeed later'));
    expect(witness.startOrder()).toEqual(Array.from({ length: 50 }, (_, number) => number));
  });
}

function gate(lane: string): Order {
  return { do: 'gate', lane };
}
