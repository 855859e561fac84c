import { expect, it } from 'vitest';

import { batchSeconds, longestBatchSeconds } from '../../src/simulation/service-time.ts';

const points = [
  { messages: 10, ms: 100 },
  { messages: 20, ms: 300 },
];

it.each([
  ['the smallest that is known, for less', 3, 0.1],
  ['what is known', 10, 0.1],
  ['in between, for what lies between', 15, 0.2],
  ['as much longer as there is more, beyond', 40, 0.6],
])('a batch takes %s', (_, messages, seconds) => {
  expect(batchSeconds({ points, initMs: 0 }, messages)).toBeCloseTo(seconds, 9);
});

it('takes more for each message', () => {
  expect(batchSeconds({ points: [{ messages: 10, ms: 50 }], messageMs: 5, initMs: 0 }, 10)).toBe(0.1);
});

it('is looked at as the longest of all sizes, where a smaller one was measured to take longer', () => {
  const service = { points: [{ messages: 10, ms: 9000 }, ...points.slice(1)], initMs: 0 };
  expect(longestBatchSeconds(service, 20)).toBe(9);
});
