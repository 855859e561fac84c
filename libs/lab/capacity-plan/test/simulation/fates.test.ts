import { describe, expect, it } from 'vitest';

import { parseBackoff } from '../../src/parse-backoff.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { always, scenarioOf } from './scenario-of.ts';

/** 1,000 messages in the first 100 seconds. */
const arrivals = (second: number): number => (second < 100 ? 10 : 0);

describe('messages that are parked', () => {
  it('are parked: p of those that arrive, and of each redelivery', () => {
    const { totals } = simulate(
      scenarioOf({ arrivals, failureRate: 0.5, parkRate: 0.1, maxReceiveCount: 3 }),
    );
    const receives = 1 + 0.5 + 0.25;
    expect(totals.parked).toBeCloseTo(1_000 * 0.1 * receives, 6);
    expect(totals.deadLetters).toBeCloseTo(1_000 * 0.5 ** 3, 6);
    expect(totals.processed).toBeCloseTo(1_000 * 0.4 * receives, 6);
  });

  it('cost a request for each batch that has one, up to ten of them', () => {
    const requests = (parkRate: number): number =>
      simulate(scenarioOf({ rate: 100, windowSeconds: 300, service: always(500), parkRate })).totals
        .queueRequests;
    const batches = (600 * 100) / 10;
    expect(requests(0.05) - requests(0)).toBeCloseTo(0.5 * batches, -2);
    expect(requests(1) - requests(0)).toBeCloseTo(batches, -2);
  });
});

describe('a backoff', () => {
  const backoff = { firstSeconds: 100, maxSeconds: 150 };

  it('redelivers after 50 to 100 % of the delay from the end of the batch, and doubles the delay', () => {
    const once = (second: number): number => (second === 0 ? 800 : 0);
    const scenario = { arrivals: once, failureRate: 1, maxReceiveCount: 3, service: always(500), backoff };
    const { series, totals } = simulate(scenarioOf({ ...scenario, accountConcurrency: 5_000, rate: 0 }));
    const at = (second: number): number => series.inFlight[second] ?? 0;
    // 5 batches of 10 are started at a time: until second 16 all have failed once, and wait 50 to 100 s.
    expect(at(48)).toBeCloseTo(800, 6);
    expect(totals.deadLetters).toBeCloseTo(800, 6);
    expect(series.processed.every((value) => value === 0)).toBe(true);
    // After at most 100 + 150 + 150 s, and the time of the batches.
    expect(at(450)).toBeCloseTo(0, 6);
    expect(at(190)).toBeGreaterThan(0);
  });

  it('adds one request per ten delayed messages', () => {
    const scenario = { rate: 100, windowSeconds: 300, service: always(500), failureRate: 0.05, seconds: 300 };
    const without = simulate(scenarioOf({ ...scenario, visibilityTimeoutSeconds: 400 }));
    const delayed = simulate(scenarioOf({ ...scenario, backoff: { firstSeconds: 400, maxSeconds: 400 } }));
    const batches = without.totals.invocations;
    expect(delayed.totals.queueRequests - without.totals.queueRequests).toBeCloseTo(0.5 * batches, -2);
  });

  it('keeps more messages in flight the longer it is', () => {
    const inFlight = (maxSeconds: number): number => {
      const scenario = { rate: 50, service: always(500), failureRate: 0.5, maxReceiveCount: 10 };
      const { series } = simulate(scenarioOf({ ...scenario, backoff: { firstSeconds: 5, maxSeconds } }));
      return Math.max(...series.inFlight);
    };
    expect(inFlight(300)).toBeGreaterThan(2 * inFlight(5));
  });

  it('is read from the command line', () => {
    expect(parseBackoff('10..900')).toEqual({ firstSeconds: 10, maxSeconds: 900 });
    for (const text of ['10', '0..5', '9..5', '1..43201', '-1..5', 'a..b', '1.5..9', '10..NaN']) {
      expect(() => parseBackoff(text)).toThrow(
        `It must be FIRST..MAX in seconds, from 1 to 43,200 with FIRST at most MAX, such as 10..900, not ${text}.`,
      );
    }
  });
});
