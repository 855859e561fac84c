import { expect, it } from 'vitest';

import { FunctionMetrics } from '../src/function-metrics.ts';

const minute = 60_000;

it('sums a metric by the requested period, without data outside of the range', () => {
  const metrics = new FunctionMetrics();
  metrics.record('Duration', 10, 0);
  metrics.record('Duration', 30, minute - 1);
  metrics.record('Duration', 5, minute);
  metrics.record('Duration', 7, 10 * minute);
  expect([...metrics.read('Duration', 0, 10 * minute, minute)]).toEqual([
    [0, { count: 2, sum: 40, minimum: 10, maximum: 30 }],
    [minute, { count: 1, sum: 5, minimum: 5, maximum: 5 }],
  ]);
  expect([...metrics.read('Duration', 0, 11 * minute, 5 * minute)]).toEqual([
    [0, { count: 3, sum: 45, minimum: 5, maximum: 30 }],
    [10 * minute, { count: 1, sum: 7, minimum: 7, maximum: 7 }],
  ]);
  expect([...metrics.read('Errors', 0, 10 * minute, minute)]).toEqual([]);
});

it('discards data that is older than a day', () => {
  const metrics = new FunctionMetrics();
  metrics.record('Invocations', 1, 0);
  metrics.record('Invocations', 1, 1441 * minute);
  expect([...metrics.read('Invocations', 0, 1442 * minute, minute).keys()]).toEqual([1441 * minute]);
});
