import { expect, it } from 'vitest';

import type { MakeTechnique } from '../setup/fixture.ts';
import { statuses, times, turns } from '../setup/helpers.ts';
import { setUpShared } from '../setup/set-up.ts';

/** Contract 4: `workers` is the maximum number of messages in flight, over all batches at a time. */
export function bounded(makeTechnique: MakeTechnique): void {
  const setUp = setUpShared(makeTechnique);

  it.each([1, 2, 3, 5, 8])('has %i messages in flight, never more', async (workers) => {
    const { run, recorder } = await setUp({ workers });
    const running = run(times(3 * workers, 'gate'));
    await recorder.untilStarts(workers);
    await turns();
    expect(recorder.starts).toBe(workers);
    recorder.openAll();
    expect(statuses(await running)).toEqual(times(3 * workers, 'succeeded'));
    expect(recorder.maxInFlight).toBe(workers);
  });

  it('starts the next message when one has ended, failed or not', async () => {
    const { run, recorder } = await setUp({ workers: 2 });
    const running = run(['gate, then fail', 'gate', 'gate, then fail', 'gate', 'gate']);
    for (let started = 2; started <= 5; started += 1) {
      await recorder.untilStarts(started);
      expect(recorder.inFlight).toBe(2);
      const [oldest] = recorder.startOrder().filter((number) => recorder.endedAt(number) === 0);
      if (started < 5 && oldest !== undefined) recorder.open(oldest);
    }
    recorder.openAll();
    expect(statuses(await running)).toEqual(['failed', 'succeeded', 'failed', 'succeeded', 'succeeded']);
    expect(recorder.maxInFlight).toBe(2);
  });

  it('has every message in flight if there are fewer messages than workers', async () => {
    const { run, recorder } = await setUp({ workers: 8 });
    const running = run(times(5, 'gate'));
    await recorder.untilStarts(5);
    recorder.openAll();
    expect(statuses(await running)).toEqual(times(5, 'succeeded'));
    expect(recorder.maxInFlight).toBe(5);
  });

  it('has no more messages in flight in the next batch, regardless of idle workers in the previous batch', async () => {
    const { run, recorder } = await setUp({ workers: 2 });
    await run(['succeed']);
    const running = run(times(6, 'gate'), { first: 1 });
    await recorder.untilStarts(3);
    await turns();
    expect(recorder.inFlight).toBe(2);
    recorder.openAll();
    await running;
    expect(recorder.maxInFlight).toBe(2);
  });

  it.each([1, 2, 3, 5])(
    'has %i messages in flight over all batches at a time, never more',
    async (workers) => {
      const { run, recorder } = await setUp({ workers });
      const counts = [workers + 1, 1, 2 * workers, workers];
      const batches = counts.map((count, index) => run(times(count, 'gate'), { first: 100 * index }));
      await recorder.untilStarts(workers);
      // Threads need more turns to start a message that must not start.
      for (let left = 100; left > 0; left -= 1) await turns();
      expect(recorder.starts).toBe(workers);
      const state = { ended: false };
      const allEnded = Promise.all(batches).then(() => (state.ended = true));
      while (!state.ended) {
        await turns();
        expect(recorder.inFlight).toBeLessThanOrEqual(workers);
        const [oldest] = recorder.startOrder().filter((number) => recorder.endedAt(number) === 0);
        if (oldest !== undefined) recorder.open(oldest);
      }
      await allEnded;
      for (const [index, batch] of batches.entries()) {
        expect(statuses(await batch)).toEqual(times(counts[index] ?? 0, 'succeeded'));
      }
      expect(recorder.maxInFlight).toBeLessThanOrEqual(workers);
    },
  );
}
