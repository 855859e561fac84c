import { createRequire } from 'node:module';
import timers, { setInterval as imported } from 'node:timers';

import { afterAll, expect, it } from 'vitest';

const { watchIntervals, unrefIntervals } = createRequire(import.meta.url)(
  '../src/runtime/observe/intervals.cjs',
) as { readonly watchIntervals: () => void; readonly unrefIntervals: () => number };

const original = globalThis.setInterval;

afterAll(() => {
  timers.setInterval = original;
  globalThis.setInterval = original;
});

it('counts the intervals that do not keep the process running, until they are cleared', () => {
  watchIntervals();
  const started = [setInterval, imported].map((start) => start(() => undefined, 1_000_000));
  expect(unrefIntervals()).toBe(0);
  for (const interval of started) interval.unref();
  expect(unrefIntervals()).toBe(2);
  for (const interval of started) clearInterval(interval);
  expect(unrefIntervals()).toBe(0);
});
