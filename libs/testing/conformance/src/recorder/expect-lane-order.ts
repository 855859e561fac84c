import { expect } from 'vitest';

import type { Recorder } from './recorder.ts';

/** Expects that each started message of a lane was started after the message before it had ended. */
export function expectLaneOrder(tasks: readonly { readonly lane: string }[], recorder: Recorder): void {
  for (const lane of Map.groupBy([...tasks.keys()], (number) => tasks[number]?.lane).values()) {
    lane.slice(1).forEach((number, index) => {
      const before = lane[index] ?? 0;
      if (recorder.startsOf(number) === 0) return;
      expect(recorder.startedAt(number), `${number} after ${before}`).toBeGreaterThan(
        recorder.endedAt(before),
      );
      expect(recorder.endedAt(before)).toBeGreaterThan(0);
    });
  }
}
