import { fixedLimit, simulate, type ServiceModel } from '@parallel-lambda/downstream';
import { expect, it } from 'vitest';

import { AdaptiveLimit, type Ending } from '../../src/adaptive/adaptive-limit.ts';

const RANGE = { min: 1, max: 512 };

const free: ServiceModel = { name: 'free', text: '', latencyMs: () => 50 };

/** Simulates a service with one limit over several times, with idle time between them. */
function reusedLimit(range = RANGE) {
  let now = (): number => 0;
  let utilization = (): number => 0;
  const limit = new AdaptiveLimit(range, { now: () => now(), utilization: () => utilization() });
  const use = (model: ServiceModel, durationMs: number, fromMs = 0) => {
    const run = simulate({
      model,
      seed: 7,
      durationMs,
      createLimit(clocks) {
        now = () => fromMs + clocks.now();
        utilization = clocks.utilization;
        limit.beginBatch();
        return limit;
      },
    });
    limit.endBatch(1);
    return run;
  };
  return { limit, use };
}

function run(model: ServiceModel, durationMs = 10_000) {
  return reusedLimit().use(model, durationMs);
}

const places = (count: number, text: Partial<ServiceModel> = {}): ServiceModel => ({
  ...free,
  capacity: () => count,
  ...text,
});

it('does not take slow messages for a saturated service', () => {
  const { limits } = run({ ...free, latencyMs: (_, elapsedMs) => (elapsedMs < 5_000 ? 20 : 100) });
  expect(limits.at(-1)).toBeGreaterThan(256);
});

it('accepts that messages have become much slower', () => {
  const { limits } = run({ ...free, latencyMs: (_, elapsedMs) => (elapsedMs < 10_000 ? 20 : 300) }, 60_000);
  expect(limits.at(-1)).toBeGreaterThan(256);
});

it('is not lowered by a pause of the process, in which all messages wait', () => {
  const isPause = (elapsedMs: number): boolean => elapsedMs > 5_000 && elapsedMs < 5_050;
  const { limits } = run({ ...free, latencyMs: (_, elapsedMs) => (isPause(elapsedMs) ? 900 : 200) });
  for (const limit of limits.slice(4)) expect(limit).toBe(512);
});

it.each([3, 6, 15])(
  'is not lowered by frequent pauses of %i ms, which delay short messages together',
  (pauseMs) => {
    let nowMs = 0;
    const limit = new AdaptiveLimit(RANGE, { now: () => nowMs, utilization: () => 0.3 });
    const limits: number[] = [];
    for (let round = 0; round < 2_000; round += 1) {
      const tickets = Array.from({ length: limit.limit }, () => limit.start());
      nowMs += 1.1 + 0.0008 * tickets.length + (round % 7 === 0 ? pauseMs : 0);
      for (const ticket of tickets) limit.end(ticket, 'succeeded');
      limits.push(limit.limit);
    }
    expect(new Set(limits.slice(300))).toEqual(new Set([512]));
  },
);

it('keeps its throughput when the service pauses again and again', () => {
  const pausing: ServiceModel = {
    ...free,
    latencyMs: (_, elapsedMs) => (elapsedMs % 2_000 < 300 ? 400 : 50),
  };
  const best = simulate({ model: pausing, seed: 1, createLimit: () => fixedLimit(512) }).succeeded;
  for (const seed of [1, 2, 3, 4, 5]) {
    const { succeeded } = simulate({
      model: pausing,
      seed,
      createLimit: (clocks) => new AdaptiveLimit(RANGE, clocks),
    });
    expect(succeeded).toBeGreaterThan(0.95 * best);
  }
});

it('shrinks when a service saturates that does not reject', () => {
  const { limits } = run({ ...free, capacity: (elapsedMs) => (elapsedMs < 5_000 ? 200 : 20) }, 15_000);
  expect(limits[2]).toBeGreaterThan(150);
  expect(limits.at(-1)).toBeLessThan(60);
});

it('grows again within a second when the service has more capacity', () => {
  const { limits } = run({ ...free, capacity: (elapsedMs) => (elapsedMs < 5_000 ? 20 : 200) });
  expect(limits[4]).toBeLessThan(60);
  expect(limits[5]).toBeGreaterThan(150);
});

it('takes a full event loop for the limit, and not the service behind it', () => {
  const computing: ServiceModel = { ...free, latencyMs: () => 10, computeMs: 2 };
  const { limits, succeeded } = run(computing);
  const best = simulate({ model: computing, seed: 7, createLimit: () => fixedLimit(16) });
  expect(succeeded).toBeGreaterThan(0.97 * best.succeeded);
  for (const limit of limits) {
    expect(limit).toBeGreaterThanOrEqual(4);
    expect(limit).toBeLessThan(64);
  }
});

it('does not shrink while a full event loop makes messages slow, as it does for a saturated service', () => {
  const limitsWith = (utilization: number): readonly number[] => {
    const createLimit = ({ now }: { now: () => number }): AdaptiveLimit =>
      new AdaptiveLimit(RANGE, { now, utilization: () => utilization });
    return simulate({ model: places(16), seed: 7, createLimit }).limits;
  };
  expect(Math.min(...limitsWith(0.99))).toBeGreaterThanOrEqual(24);
  expect(Math.min(...limitsWith(0.1))).toBeLessThan(20);
});

it('does not grow while it is not used up', () => {
  let nowMs = 0;
  const limit = new AdaptiveLimit(RANGE, { now: () => nowMs, utilization: () => 0.2 });
  for (let round = 0; round < 500; round += 1) {
    const tickets = [1, 2, 3].map(() => limit.start());
    nowMs += 20;
    for (const ticket of tickets) limit.end(ticket, 'succeeded');
  }
  expect(limit.limit).toBe(22);
});

it('keeps the limit over idle seconds, and discards a low limit after a minute', () => {
  const { limit, use } = reusedLimit();
  const busy = places(4, { maxQueue: 0 });
  use(busy, 5_000);
  expect(limit.limit).toBeLessThan(8);
  expect(use(busy, 500, 15_000).rejected).toBeLessThan(10);
  expect(limit.limit).toBeLessThan(8);
  expect(use(free, 3_000, 90_000).limits.at(-1)).toBeGreaterThan(400);
});

it('is used immediately after an idle minute, however slow the service was', () => {
  const { limit, use } = reusedLimit();
  use(places(1), 60_000);
  expect(limit.limit).toBeLessThan(8);
  expect(use(free, 100, 150_000).limits[0]).toBeGreaterThanOrEqual(22);
});

it('is not lowered for long by failures that no limit avoids', () => {
  const { limits } = run({ ...free, status: (random) => (random < 0.1 ? 500 : 200) });
  expect(limits.at(-1)).toBeGreaterThan(100);
});

it('ignores messages without information about the service', () => {
  const { limit, use } = reusedLimit();
  expect(new Set(use({ ...free, status: () => 404 }, 5_000).limits)).toEqual(new Set([22]));
  expect(limit.isPaused).toBe(false);
});

it('tries single messages, at growing intervals, while everything fails, and recovers', () => {
  const starts: number[] = [];
  const { limit, use } = reusedLimit();
  const { limits } = use(
    {
      ...free,
      latencyMs(_, elapsedMs) {
        starts.push(elapsedMs);
        return 5;
      },
      status: (_, elapsedMs) => (elapsedMs < 3_000 ? 500 : 200),
    },
    10_000,
  );
  const attempts = starts.filter((atMs) => atMs > 200 && atMs < 3_000);
  expect(attempts.length).toBeGreaterThan(2);
  expect(attempts.length).toBeLessThan(8);
  expect(limits[1]).toBe(1);
  expect(limit.isPaused).toBe(false);
  expect(limit.limit).toBeGreaterThan(100);
});

it('starts the first message of a batch immediately while everything fails', () => {
  let nowMs = 0;
  const limit = new AdaptiveLimit(RANGE, { now: () => nowMs, utilization: () => 0 });
  limit.beginBatch();
  for (let failures = 0; failures < 40; failures += 1) limit.end(limit.start(), 'failed');
  expect(limit.pauseMs()).toBeGreaterThan(0);
  nowMs += 1;
  limit.beginBatch();
  expect(limit.pauseMs()).toBe(0);
  limit.end(limit.start(), 'failed');
  expect(limit.pauseMs()).toBeGreaterThan(100);
});

it('never leaves its range', () => {
  const { limits } = reusedLimit({ min: 3, max: 7 }).use(places(1, { maxQueue: 0 }), 5_000);
  for (const limit of limits) expect(limit === 1 || (limit >= 3 && limit <= 7)).toBe(true);
});

it('keeps its limit when a batch starts while another batch is still in flight', () => {
  let nowMs = 0;
  const limit = new AdaptiveLimit(RANGE, { now: () => nowMs, utilization: () => 0 });
  limit.beginBatch();
  const tickets = Array.from({ length: 22 }, () => limit.start());
  for (const ticket of tickets.slice(1)) limit.end(ticket, 'rejected');
  const lowered = limit.limit;
  expect(lowered).toBeLessThan(22);
  nowMs = 90_000;
  limit.beginBatch();
  expect(limit.limit).toBe(lowered);
});

it('reads the clock for the messages only that it measures', () => {
  let reads = 0;
  const now = (): number => {
    reads += 1;
    return reads;
  };
  const limit = new AdaptiveLimit({ min: 400, max: 401 }, { now, utilization: () => 0 });
  const tickets = Array.from({ length: 400 }, () => limit.start());
  expect(reads).toBe(200);
  for (const ticket of tickets.slice(200)) limit.end(ticket, 'succeeded' satisfies Ending);
  expect(reads).toBe(200);
});
