import { interrupted } from '@parallel-lambda/batch/technique';
import { expect, it } from 'vitest';

import { expectLaneOrder } from '../recorder/expect-lane-order.ts';
import type { MakeTechnique } from '../setup/fixture.ts';
import { statuses, times } from '../setup/helpers.ts';
import { manualDeadline } from '../setup/manual-deadline.ts';
import { setUp } from '../setup/set-up.ts';
import type { Action } from '../work/actions.ts';

/** Work in the wrappers `retried`, `within` and `grouped`, in any thread. */
export function wrappedWork(
  makeTechnique: MakeTechnique,
  { threads = false }: { readonly threads?: boolean },
): void {
  it('succeeds at a later attempt', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 2 });
    const outcomes = await run(times(4, 'succeed at the third attempt'));
    expect(statuses(outcomes)).toEqual(times(4, 'succeeded'));
    expect(recorder.events).toBe(12);
  });

  it('fails with its own error without time for a retry, and with another when its time limit is over', async () => {
    const { run } = setUp(makeTechnique, { workers: 2 });
    const outcomes = await run(['fail without time for a retry', 'exceed a time limit', 'succeed']);
    expect(outcomes).toMatchObject([
      { status: 'failed', error: { message: 'the first attempt failed' } },
      { status: 'failed', error: { name: 'TimeLimitError' } },
      { status: 'succeeded' },
    ]);
  });

  it.each<Action>([
    'retry until the signal is aborted',
    'reject on abort within a time limit',
    'wait for a group',
  ])('is unfinished, not failed, when the deadline ends it: %s', async (action) => {
    const { run, recorder } = setUp(makeTechnique, { workers: 2 });
    const deadline = manualDeadline();
    const running = run([action, action], { deadline });
    await recorder.untilStarts(2);
    deadline.reach();
    expect(await running).toEqual([interrupted, interrupted]);
  });

  it('processes 1,000 messages in groups of 25, and reports those that failed', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 100 });
    const outcomes = await run(times(1_000, 'join a group of 25'));
    const failed = [...outcomes.keys()].filter((position) => outcomes[position]?.status !== 'succeeded');
    expect(failed).toEqual([7, 107, 207, 307, 407, 507, 607, 707, 807, 907]);
    // A thread that starts when others have claimed almost all messages can have one small group.
    expect(recorder.events).toBeGreaterThanOrEqual(40);
    expect(recorder.events).toBeLessThanOrEqual(threads ? 41 : 40);
  });

  it('keeps the order of lanes in groups', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 8 });
    const tasks = Array.from({ length: 40 }, (_, index) => ({
      do: 'join a pair' as const,
      lane: `lane ${index % 7}`,
    }));
    expect(statuses(await run(tasks))).toEqual(times(40, 'succeeded'));
    expectLaneOrder(tasks, recorder);
  });
}
