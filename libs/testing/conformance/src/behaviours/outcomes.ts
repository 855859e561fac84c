import { inspect } from 'node:util';

import { readBatch } from '@parallel-lambda/batch/technique';
import { describe, expect, it } from 'vitest';

import { isSettled } from '../is-settled.ts';
import type { MakeTechnique } from '../make-technique.ts';
import { setUpForAll } from '../set-up-for-all.ts';
import { setUp } from '../set-up.ts';
import { statuses } from '../statuses.ts';
import { times } from '../times.ts';
import { thrownMessage, waysToFail } from '../ways-to-fail.ts';
import { waysToSucceed } from '../ways-to-succeed.ts';

const ways = <T extends object>(all: T): readonly (keyof T)[] => Object.keys(all) as (keyof T)[];

/** Contract 1-3: one outcome a message, whatever work does; settled when the last worker has settled. */
export function outcomes(makeTechnique: MakeTechnique): void {
  it('gives the outcomes in the order of the batch, not of the ends', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 3 });
    const running = run(['gate', 'gate, then fail', 'gate']);
    await witness.untilStarts(3);
    for (const [ended, number] of [2, 1, 0].entries()) {
      witness.open(number);
      await witness.untilEnds(ended + 1);
    }
    expect(statuses(await running)).toEqual(['succeeded', 'failed', 'succeeded']);
  });

  describe('of odd work', () => {
    const trial = setUpForAll(makeTechnique, { workers: 2 });

    it.each(ways(waysToFail))('takes "%s" for the failure of that message alone', async (way) => {
      const orders = ['succeed', way, 'succeed', 'succeed later', way, 'succeed'] as const;
      expect(statuses(await trial().run(orders))).toEqual([
        'succeeded',
        'failed',
        'succeeded',
        'succeeded',
        'failed',
        'succeeded',
      ]);
    });

    it.each(ways(waysToSucceed))('takes "%s" for success', async (way) => {
      expect(statuses(await trial().run([way, 'fail', way]))).toEqual(['succeeded', 'failed', 'succeeded']);
    });

    it.each(['throw an error', 'fail'] as const)('keeps what the error of "%s" says', async (way) => {
      const [outcome] = await trial().run([way]);
      expect(outcome).toMatchObject({ status: 'failed' });
      expect(inspect(outcome)).toContain(thrownMessage);
    });
  });

  it('has nothing in work any more when it settles', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 4 });
    const running = run([...times(8, 'gate' as const), 'gate, then fail', 'fail']);
    witness.open(0, 1, 2, 4, 5, 6, 7, 8);
    await witness.untilEnds(9);
    expect(await isSettled(running)).toBe(false);
    witness.open(3);
    await running;
    expect(witness.inWork).toBe(0);
  });

  it('settles for an empty batch, without an outcome', async () => {
    const { runBatch } = setUp(makeTechnique, { workers: 4 });
    expect(await runBatch(readBatch({ Records: [] }))).toEqual([]);
  });

  it('works on each of 10,000 messages once', async () => {
    const { run, witness } = setUp(makeTechnique, { workers: 64 });
    const outcomes = await run(times(10_000, 'succeed later'));
    expect(statuses(outcomes)).toEqual(times(10_000, 'succeeded'));
    expect(times(10_000, 0).filter((_, number) => witness.startsOf(number) !== 1)).toEqual([]);
  });
}
