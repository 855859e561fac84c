import { expect, it } from 'vitest';

import type { MakeTechnique } from '../setup/fixture.ts';
import { statuses, times, turns } from '../setup/helpers.ts';
import { manualDeadline } from '../setup/manual-deadline.ts';
import { setUp } from '../setup/set-up.ts';

/** Tests techniques without threads: batches in one process share the workers fairly. */
export function sideBySide(makeTechnique: MakeTechnique): void {
  it('gives a free worker to the batch that has the fewest messages in flight', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 4 });
    const one = run(times(8, 'gate'));
    const other = run(times(8, 'gate'), { first: 10 });
    await recorder.untilStarts(4);
    await turns();
    expect(recorder.startOrder()).toEqual([0, 1, 2, 3]);
    recorder.open(0, 1);
    await recorder.untilStarts(6);
    expect(recorder.startOrder().slice(4)).toEqual([10, 11]);
    // Each has two, and continues with them.
    recorder.open(2, 10);
    await recorder.untilStarts(8);
    expect(
      recorder
        .startOrder()
        .slice(6)
        .toSorted((a, b) => a - b),
    ).toEqual([4, 12]);
    recorder.openAll();
    expect(statuses([...(await one), ...(await other)])).toEqual(times(16, 'succeeded'));
    expect(recorder.maxInFlight).toBe(4);
  });

  it('finishes one batch while messages of an earlier one wait', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 2 });
    const one = run(['gate', 'gate', 'gate']);
    const other = run(['fail', 'succeed', 'succeed later'], { first: 10 });
    await recorder.untilStarts(2);
    recorder.open(0);
    expect(statuses(await other)).toEqual(['failed', 'succeeded', 'succeeded']);
    recorder.open(1, 2);
    expect(statuses(await one)).toEqual(times(3, 'succeeded'));
    expect(recorder.maxInFlight).toBe(2);
  });

  it('stops a batch at its own deadline while it waits for a worker', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 1 });
    const one = run(['gate', 'gate']);
    await recorder.untilStarts(1);
    const deadline = manualDeadline();
    const waiting = run(['succeed', 'succeed'], { first: 10, deadline });
    await turns();
    deadline.reach();
    expect(statuses(await waiting)).toEqual(times(2, 'unfinished'));
    recorder.open(0, 1);
    expect(statuses(await one)).toEqual(times(2, 'succeeded'));
    expect(recorder.startOrder()).toEqual([0, 1]);
  });

  it('reuses the workers of a batch that has abandoned its messages', async () => {
    const { run, recorder } = setUp(makeTechnique, { workers: 1 });
    const deadline = manualDeadline();
    const hanging = run(['gate'], { deadline });
    await recorder.untilStarts(1);
    const waiting = run(['succeed', 'gate'], { first: 10 });
    deadline.reach();
    deadline.giveUp();
    expect(statuses(await hanging)).toEqual(['unfinished']);
    await recorder.untilStarts(3);
    // An abandoned message frees no second worker when it ends.
    recorder.open(0);
    await turns();
    const last = run(['gate'], { first: 20 });
    await turns();
    expect(recorder.startsOf(20)).toBe(0);
    recorder.open(11, 20);
    expect(statuses([...(await waiting), ...(await last)])).toEqual(times(3, 'succeeded'));
  });
}
