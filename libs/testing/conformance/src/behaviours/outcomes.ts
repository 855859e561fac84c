import { inspect } from 'node:util';

import { readBatch } from '@parallel-lambda/batch/technique';
import { describe, expect, it } from 'vitest';

import type { MakeTechnique } from '../setup/fixture.ts';
import { isSettled, statuses, times } from '../setup/helpers.ts';
import { setUp, setUpForAll } from '../setup/set-up.ts';
import { failingActions, thrownMessage } from '../work/failing-actions.ts';
import { succeedingActions } from '../work/succeeding-actions.ts';

const actionNames = <T extends object>(all: T): readonly (keyof T)[] => Object.keys(all) as (keyof T)[];

/** Contract 1 to 3: one outcome per message, for any work; the technique settles when its last worker has. */
export function outcomes(makeTechnique: MakeTechnique): void {
  it('returns outcomes in batch order, not in the order of the ends', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 3 });
    const running = run(['gate', 'gate, then fail', 'gate']);
    await recorder.untilStarts(3);
    for (const [ended, number] of [2, 1, 0].entries()) {
      recorder.open(number);
      await recorder.untilEnds(ended + 1);
    }
    expect(statuses(await running)).toEqual(['succeeded', 'failed', 'succeeded']);
  });

  describe('of unusual work', () => {
    const fixture = setUpForAll(makeTechnique, { workers: 2 });

    it.each(actionNames(failingActions))('counts "%s" as a failure of that message alone', async (action) => {
      const tasks = ['succeed', action, 'succeed', 'succeed later', action, 'succeed'] as const;
      expect(statuses(await fixture().run(tasks))).toEqual([
        'succeeded',
        'failed',
        'succeeded',
        'succeeded',
        'failed',
        'succeeded',
      ]);
    });

    it.each(actionNames(succeedingActions))('counts "%s" as a success', async (action) => {
      expect(statuses(await fixture().run([action, 'fail', action]))).toEqual([
        'succeeded',
        'failed',
        'succeeded',
      ]);
    });

    it.each([
      ['give up', { name: 'GiveUp', fate: 'give up', message: thrownMessage }],
      ['ask for a later retry', { name: 'RetryLater', fate: 'retry later', seconds: 5 }],
      ['give up because of a cause', { cause: { fate: 'give up', message: 'the reason' } }],
    ] as const)('keeps what the error of "%s" asks for', async (action, error) => {
      const [outcome] = await fixture().run([action]);
      expect(outcome).toMatchObject({ status: 'failed', error });
    });

    it.each(['throw an error', 'fail'] as const)('keeps the message of the error of "%s"', async (action) => {
      const [outcome] = await fixture().run([action]);
      expect(outcome).toMatchObject({ status: 'failed' });
      expect(inspect(outcome)).toContain(thrownMessage);
    });
  });

  it('has no message in flight when it settles', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 4 });
    const running = run([...times(8, 'gate' as const), 'gate, then fail', 'fail']);
    recorder.open(0, 1, 2, 4, 5, 6, 7, 8);
    await recorder.untilEnds(9);
    expect(await isSettled(running)).toBe(false);
    recorder.open(3);
    await running;
    expect(recorder.inFlight).toBe(0);
  });

  it('returns no outcome for an empty batch', async () => {
    const { runBatch } = setUp(makeTechnique, { workers: 4 });
    expect(await runBatch(readBatch({ Records: [] }))).toEqual([]);
  });

  it('starts each of 10,000 messages once', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 64 });
    const outcomes = await run(times(10_000, 'succeed later'));
    expect(statuses(outcomes)).toEqual(times(10_000, 'succeeded'));
    expect(times(10_000, 0).filter((_, number) => recorder.startsOf(number) !== 1)).toEqual([]);
  });
}
