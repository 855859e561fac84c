import { describe, expect, it } from 'vitest';

import { rateWithPeak } from '../../src/simulation/arrivals.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { always, scenarioOf } from './scenario-of.ts';

describe('concurrency', () => {
  it.each([
    [10, 10, 50],
    [40, 10, 800],
    [20, 10, 3700],
    [200, 5, 250],
    [1000, 10, 1500],
  ])("is by Little's law: %i a second in batches of %i that take %i ms", (rate, batchSize, ms) => {
    // A window long enough for batches to be full, so their size is known.
    const windowSeconds = 300;
    const { series } = simulate(
      scenarioOf({ rate, batchSize, windowSeconds, service: always(ms), seconds: 1200 }),
    );
    expect(series.concurrency.at(-1)).toBeCloseTo(((rate / batchSize) * ms) / 1000, 3);
  });

  it('follows the batch size that a window allows', () => {
    // Each of five pollers sees 8 a second, so 1 + 8 messages in a window of a second.
    const { series, totals } = simulate(
      scenarioOf({ rate: 40, batchSize: 100, windowSeconds: 1, service: always(1000) }),
    );
    expect(series.concurrency.at(-1)).toBeCloseTo(40 / 9, 6);
    expect(totals.invocations).toBeCloseTo((600 * 40) / 9, 6);
  });

  it('grows from 5 by 5 a second, up to 1,250', () => {
    const { series } = simulate(
      scenarioOf({ rate: 100_000, service: always(1000), accountConcurrency: 5000 }),
    );
    expect(series.concurrency.subarray(0, 4)).toEqual(Float64Array.of(5, 10, 15, 20));
    expect(series.concurrency[60]).toBe(305);
    expect(series.concurrency[248]).toBe(1245);
    expect(series.concurrency.subarray(249).every((value) => value === 1250)).toBe(true);
  });

  it.each([
    ['maximumConcurrency', 7, 'maximum-concurrency'],
    ['accountConcurrency', 12, 'account-concurrency'],
  ] as const)('never exceeds %s', (setting, bound, limit) => {
    const { series, limits } = simulate(
      scenarioOf({ rate: 1000, service: always(700, 300), [setting]: bound }),
    );
    expect(Math.max(...series.concurrency)).toBeLessThanOrEqual(bound + 1e-9);
    expect(series.concurrency.at(-1)).toBeCloseTo(bound, 6);
    expect([...limits.keys()]).toContain(limit);
  });

  it('decreases as fast as it grew when the load falls', () => {
    const arrivals = (second: number): number => (second < 100 ? 2000 : second < 400 ? 1 : 2000);
    const { series } = simulate(scenarioOf({ arrivals, service: always(1000) }));
    expect(series.concurrency[99]).toBeGreaterThan(150);
    expect(series.concurrency[400]).toBe(5);
    expect(series.concurrency[401]).toBe(10);
  });
});

describe('a peak', () => {
  // Four at a time, ten messages each in half a second: 80 a second.
  const capacity = 80;
  const peakSeconds = 100;
  const [rate, peak] = [20, 200];
  const arrivals = rateWithPeak({ rate, peak, peakSeconds, seconds: 2000 });
  const { series, limits } = simulate(
    scenarioOf({ arrivals, seconds: 2000, service: always(500), maximumConcurrency: 4 }),
  );
  const begins = 1000;

  it('adds the arrivals beyond the capacity to the backlog', () => {
    expect(series.backlog[begins + peakSeconds - 1]).toBeCloseTo((peak - capacity) * peakSeconds, 6);
  });

  it('drains at the rate by which the capacity exceeds the arrivals', () => {
    const drained = ((peak - capacity) * peakSeconds) / (capacity - rate);
    const end = begins + peakSeconds + drained;
    expect(series.backlog[end - 2]).toBeGreaterThan(0);
    expect(series.backlog[end]).toBe(0);
  });

  it('delays the oldest message by the time that the backlog before it takes', () => {
    // The last of the peak: all that waits, by the capacity.
    const longest = ((peak - capacity) * peakSeconds) / capacity;
    expect(Math.abs(Math.max(...series.oldestAge) - longest)).toBeLessThanOrEqual(2);
  });

  it('records the limit that made messages wait, since when and for how long', () => {
    expect(limits.get('maximum-concurrency')).toMatchObject({ firstSecond: begins });
    expect(limits.get('maximum-concurrency')?.seconds).toBeGreaterThan(290);
  });
});

describe('the time of a message', () => {
  it('is that of its batch if no message waits', () => {
    const { latency } = simulate(scenarioOf({ rate: 1, service: always(400) }));
    expect(latency.percentile(0.5)).toBeCloseTo(0.4, 2);
    expect(latency.percentile(0.99)).toBeCloseTo(0.4, 2);
  });

  it('includes the gathering of its batch', () => {
    const { latency } = simulate(
      scenarioOf({ rate: 100, batchSize: 10, windowSeconds: 300, service: always(400) }),
    );
    // Twenty a second for each of five pollers: nine more come in 450 ms.
    expect(latency.percentile(0.5)).toBeCloseTo(0.4 + 0.225, 1);
    expect(latency.percentile(0.99)).toBeCloseTo(0.4 + 0.45, 1);
  });

  it('includes the wait for concurrency, during which batches fill', () => {
    // Two batches of 400 ms: one ends every 200 ms, and the next takes the six messages that arrived in that time.
    const { latency } = simulate(scenarioOf({ rate: 30, maximumConcurrency: 2, service: always(400) }));
    expect(latency.percentile(0.5)).toBeCloseTo(0.4 + 0.1, 1);
    expect(latency.percentile(0.99)).toBeCloseTo(0.4 + 0.2, 1);
    expect(latency.percentile(0.5)).toBeGreaterThan(0.48);
  });

  it('includes the time in the queue, and is the same for the same seed', () => {
    const scenario = scenarioOf({ rate: 100, maximumConcurrency: 4, service: always(500), seconds: 1000 });
    const { latency } = simulate(scenario);
    // Of 100 per second 80 are processed, so the one processed at t arrived at 0.8 t: half are processed at 500 s, after 100 s.
    expect(latency.percentile(0.5)).toBeCloseTo(100, -1);
    expect(latency.percentile(0.99)).toBeCloseTo(198, -1);
    expect(simulate(scenario).latency.percentile(0.5)).toBe(latency.percentile(0.5));
  });

  it('follows the durations of single invocations', () => {
    const service = { ...always(400), spread: [...Array.from({ length: 95 }, () => 1), 2, 2, 2, 2, 2] };
    const { latency } = simulate(scenarioOf({ rate: 5, service }));
    expect(latency.percentile(0.5)).toBeCloseTo(0.4, 2);
    expect(latency.percentile(0.99)).toBeCloseTo(0.8, 2);
  });
});

describe('messages that fail', () => {
  it('are redelivered, and are dead letters after the maximum receives: p to the power of that', () => {
    const arrivals = (second: number): number => (second < 100 ? 10 : 0);
    const { totals } = simulate(scenarioOf({ arrivals, failureRate: 0.5, maxReceiveCount: 3 }));
    expect(totals.deadLetters).toBeCloseTo(1000 * 0.5 ** 3, 6);
    expect(totals.processed).toBeCloseTo(1000 * (1 - 0.5 ** 3), 6);
  });

  it('stay in flight until they are visible again, up to the quota', () => {
    const { series, limits } = simulate(
      scenarioOf({
        rate: 10_000,
        service: always(100),
        batchSize: 10,
        failureRate: 0.5,
        visibilityTimeoutSeconds: 300,
      }),
    );
    expect(Math.max(...series.inFlight)).toBeCloseTo(120_000, -3);
    expect([...limits.keys()]).toContain('in-flight');
  });

  it('are in flight no more once they are visible again', () => {
    const arrivals = (second: number): number => (second < 10 ? 100 : 0);
    const { series } = simulate(
      scenarioOf({ arrivals, service: always(400), failureRate: 0.5, visibilityTimeoutSeconds: 30 }),
    );
    expect(series.inFlight[15]).toBeCloseTo(500, 6);
    expect(series.inFlight.at(-1)).toBeCloseTo(0, 6);
  });

  it('are lost when they waited longer than the retention period', () => {
    const arrivals = (second: number): number => (second === 0 ? 100_000 : 0);
    const { totals } = simulate(
      scenarioOf({ arrivals, maximumConcurrency: 2, service: always(1000), retentionSeconds: 60 }),
    );
    expect(totals.processed).toBe(61 * 20);
    expect(totals.expired).toBeCloseTo(100_000 - 61 * 20, 6);
  });
});

describe('cold starts', () => {
  it('are as many as the environments that are needed, and none while these are kept', () => {
    const arrivals = (second: number): number => (second < 10 || (second > 300 && second < 310) ? 50 : 0);
    const { totals, series } = simulate(
      scenarioOf({ arrivals, batchSize: 10, service: always(1000, 500), maximumConcurrency: 5 }),
    );
    expect(totals.coldStarts).toBeGreaterThan(4);
    expect(totals.coldStarts).toBeLessThanOrEqual(5);
    expect(series.arrived[305]).toBe(50);
  });

  it('happen again after ten idle minutes', () => {
    const arrivals = (second: number): number => (second % 1000 === 0 ? 50 : 0);
    const { totals } = simulate(
      scenarioOf({ arrivals, seconds: 3000, service: always(1000), maximumConcurrency: 5 }),
    );
    expect(totals.coldStarts).toBeCloseTo(15, 6);
  });
});

it('counts no more than ten invocations a second for each of the account’s concurrency', () => {
  const { series, totals, limits } = simulate(
    scenarioOf({ rate: 1000, batchSize: 1, service: always(10), accountConcurrency: 20 }),
  );
  expect(totals.invocations).toBeCloseTo(600 * 200, 0);
  expect(series.backlog.at(-1)).toBeCloseTo(600 * 800, 0);
  expect([...limits.keys()]).toContain('invocation-rate');
});
