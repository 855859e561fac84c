import { expect, it } from 'vitest';

import { ConcurrencyGrowth } from '../src/real-time/concurrency-growth.ts';

it('begins with five batches and grows by 300 a minute for as long as there is more, up to 1,250', () => {
  const growth = new ConcurrencyGrowth();
  expect(growth.limit(0)).toBe(5);
  growth.onBusy(1_000);
  growth.onBusy(30_000);
  expect([1_000, 2_000, 61_000, 600_000].map((nowMs) => growth.limit(nowMs))).toEqual([5, 10, 305, 1250]);
});

it('starts again when the queue is empty', () => {
  const growth = new ConcurrencyGrowth();
  growth.onBusy(0);
  growth.onEmpty();
  expect(growth.limit(60_000)).toBe(5);
});

it("stays within the mapping's own maximum", () => {
  const growth = new ConcurrencyGrowth(7);
  growth.onBusy(0);
  expect([0, 60_000].map((nowMs) => growth.limit(nowMs))).toEqual([5, 7]);
  expect(new ConcurrencyGrowth(2).limit(0)).toBe(2);
  expect(() => new ConcurrencyGrowth(0)).toThrow(
    'maximumConcurrency must be an integer from 1 to 1250, not 0',
  );
});

it('starts with ten batches per provisioned poller, and grows by 1,000 a minute up to ten per maximum poller', () => {
  const growth = new ConcurrencyGrowth(undefined, { minimum: 2, maximum: 20 });
  expect(growth.limit(0)).toBe(20);
  growth.onBusy(0);
  expect(growth.limit(6_000)).toBe(120);
  expect(growth.limit(60_000)).toBe(200);
});
