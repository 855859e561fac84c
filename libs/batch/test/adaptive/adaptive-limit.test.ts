import { describe, expect, it } from 'vitest';

import { AdaptiveLimit } from '../../src/adaptive/adaptive-limit.ts';
import { queueService, seededRandom, simulate, type SimulatedService } from './simulated-service.ts';

/** Returns latencies around a mean, in milliseconds. */
function around(meanMs: number, spread = 0.3): () => number {
  const random = seededRandom(7);
  return () => meanMs * (1 + spread * (random() + random() - 1));
}

/** Returns the best throughput of the fixed limits. */
function bestOf(makeService: () => SimulatedService, fixed: readonly number[]): number {
  return Math.max(...fixed.map((limit) => simulate(makeService(), 10_000, { fixed: limit }).succeeded));
}

const sweep = [1, 2, 4, 8, 16, 20, 32, 64, 128, 256, 512];

describe('an adaptive limit', () => {
  it('grows to its maximum where the latency does not depend on the load', () => {
    const service = (): SimulatedService => queueService(around(50), () => Infinity, 0);
    const { succeeded, limits } = simulate(service(), 10_000);
    expect(limits[1]).toBe(512);
    expect(limits.at(-1)).toBe(512);
    expect(succeeded).toBeGreaterThan(0.95 * bestOf(service, [512]));
  });

  it('stays near the places of a service that queues, whatever its queue takes', () => {
    const service = (): SimulatedService => queueService(around(50), () => 20, Infinity);
    const { succeeded, limits } = simulate(service(), 10_000);
    expect(succeeded).toBeGreaterThan(0.95 * bestOf(service, sweep));
    for (const limit of limits) expect(limit).toBeLessThan(60);
  });

  it('stops just below the number from which on the service rejects', () => {
    const service = (): SimulatedService => queueService(around(80), () => 30, 0);
    const { succeeded, rejected } = simulate(service(), 10_000);
    expect(rejected / (rejected + succeeded)).toBeLessThan(0.02);
    expect(succeeded).toBeGreaterThan(0.95 * bestOf(service, [30]));
    const fixed = simulate(service(), 10_000, { fixed: 100 });
    expect(fixed.rejected / (fixed.rejected + fixed.succeeded)).toBeGreaterThan(0.5);
  });

  it('follows the peak of a service that becomes slower with each request', () => {
    const noise = around(1);
    const service = (): SimulatedService => ({
      answer: (_, inFlight) => ({ ms: 20 * (1 + (inFlight / 50) ** 2) * noise(), ending: 'succeeded' }),
    });
    const { succeeded, limits } = simulate(service(), 10_000);
    expect(succeeded).toBeGreaterThan(0.9 * bestOf(service, sweep));
    expect(limits.at(-1)).toBeLessThan(200);
  });

  it('follows a service that loses most of its places and gets them back', () => {
    const service = queueService(around(50), (nowMs) => (nowMs > 4_000 && nowMs < 8_000 ? 20 : 100), 20);
    const { succeeded, rejected, limits } = simulate(service, 12_000);
    expect(rejected / (rejected + succeeded)).toBeLessThan(0.02);
    expect(limits[5]).toBeLessThan(60);
    expect(limits.at(-1)).toBeGreaterThan(60);
  });

  it('does not take slow messages for a saturated service', () => {
    const noise = around(1);
    const service: SimulatedService = {
      answer: (nowMs) => ({ ms: (nowMs < 5_000 ? 20 : 100) * noise(), ending: 'succeeded' }),
    };
    expect(simulate(service, 10_000).limits.at(-1)).toBeGreaterThan(256);
  });

  it('does not grow, and does not starve, while the event loop is full', () => {
    const service: SimulatedService = {
      answer: (_, inFlight) => ({ ms: 2 * inFlight, ending: 'succeeded' }),
      utilization: () => 1,
    };
    for (const limit of simulate(service, 5_000).limits) {
      expect(limit).toBeGreaterThanOrEqual(8);
      expect(limit).toBeLessThan(64);
    }
  });

  it('does not grow while it is not used up', () => {
    const limit = new AdaptiveLimit({ min: 1, max: 512 });
    for (let nowMs = 0; nowMs < 10_000; nowMs += 20) {
      const tickets = [0, 1, 2].map(() => limit.start(nowMs));
      for (const ticket of tickets) limit.end(ticket, nowMs + 10, 'succeeded', () => 0.2);
    }
    expect(limit.limit).toBe(16);
  });

  it('keeps the limit over a pause of seconds, and forgets a low one after a minute', () => {
    const busy = queueService(around(50), () => 4, 0);
    const { limit } = simulate(busy, 5_000);
    expect(limit.limit).toBeLessThan(8);
    simulate(busy, 500, { limit, fromMs: 15_000 });
    expect(limit.limit).toBeLessThan(8);
    const free = queueService(around(50), () => Infinity, 0);
    expect(simulate(free, 3_000, { limit, fromMs: 90_000 }).limits.at(-1)).toBe(512);
  });

  it('is not lowered for long by failures that no limit avoids', () => {
    const random = seededRandom(3);
    const service: SimulatedService = {
      answer: () => ({ ms: 50, ending: random() < 0.1 ? 'failed' : 'succeeded' }),
    };
    expect(simulate(service, 10_000).limits.at(-1)).toBeGreaterThan(100);
  });

  it('ignores messages that say nothing about the service', () => {
    const service: SimulatedService = { answer: () => ({ ms: 50, ending: 'ignored' }) };
    const { limit, limits } = simulate(service, 5_000);
    expect(new Set(limits)).toEqual(new Set([16]));
    expect(limit.isPaused).toBe(false);
  });

  it('tries single messages, at growing intervals, while everything fails, and recovers', () => {
    const starts: number[] = [];
    const service: SimulatedService = {
      answer(nowMs) {
        starts.push(nowMs);
        return { ms: 5, ending: nowMs < 3_000 ? 'failed' : 'succeeded' };
      },
    };
    const { limit, limits } = simulate(service, 10_000);
    const attempts = starts.filter((atMs) => atMs > 200 && atMs < 3_000);
    expect(attempts.length).toBeLessThan(8);
    expect(limits[1]).toBe(1);
    expect(limit.isPaused).toBe(false);
    expect(limit.limit).toBeGreaterThan(100);
  });

  it('never leaves its range', () => {
    const service = queueService(around(50), () => 1, 0);
    for (const limit of simulate(service, 5_000, { limit: new AdaptiveLimit({ min: 3, max: 7 }) }).limits) {
      expect(limit === 1 || (limit >= 3 && limit <= 7)).toBe(true);
    }
  });
});
