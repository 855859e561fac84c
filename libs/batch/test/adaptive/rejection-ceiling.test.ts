import { expect, it } from 'vitest';

import { RejectionCeiling } from '../../src/adaptive/rejection-ceiling.ts';

/** Records that the service rejects a message at a limit, after many that it did not reject. */
function rejectAt(ceiling: RejectionCeiling, limit: number, nowMs: number): void {
  for (let ends = 0; ends < 100; ends += 1) ceiling.pass(true);
  ceiling.reject(limit, nowMs, true);
}

it('stops once at the highest limit that was proven, when the service has more capacity again', () => {
  const ceiling = new RejectionCeiling();
  rejectAt(ceiling, 121, 0);
  rejectAt(ceiling, 121, 500);
  rejectAt(ceiling, 41, 1_000);
  rejectAt(ceiling, 41, 1_500);
  expect(ceiling.allow(30, 60, 1_600)).toBeLessThan(40);
  ceiling.forget();
  expect(ceiling.allow(30, 60, 1_700)).toBe(60);
  expect(ceiling.allow(60, 228, 1_800)).toBe(120);
  expect(ceiling.allow(120, 228, 1_900)).toBe(228);
});

it('does not stop at a limit at which the first messages were rejected', () => {
  const ceiling = new RejectionCeiling();
  rejectAt(ceiling, 200, 0);
  ceiling.forget();
  expect(ceiling.allow(100, 400, 100)).toBe(400);
});
