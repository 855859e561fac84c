import fc from 'fast-check';
import { expect, it } from 'vitest';

import { simulate } from '../../src/simulation/simulate.ts';
import { scenarioOf } from './scenario-of.ts';

it('loses no message, whatever the load and the settings', () => {
  const scenarios = fc.record({
    rates: fc.array(fc.double({ min: 0, max: 20_000, noNaN: true }), { minLength: 1, maxLength: 20 }),
    ms: fc.double({ min: 1, max: 5000, noNaN: true }),
    messageMs: fc.double({ min: 0, max: 20, noNaN: true }),
    initMs: fc.integer({ min: 0, max: 3000 }),
    batchSize: fc.integer({ min: 1, max: 200 }),
    windowSeconds: fc.integer({ min: 0, max: 20 }),
    gatheringPollers: fc.integer({ min: 1, max: 5 }),
    provisionedPollers: fc.option(fc.constant({ minimum: 2, maximum: 20 }), { nil: undefined }),
    messageBytes: fc.integer({ min: 1, max: 1_048_576 }),
    maximumConcurrency: fc.option(fc.integer({ min: 2, max: 1000 }), { nil: undefined }),
    accountConcurrency: fc.integer({ min: 1, max: 2000 }),
    failureRate: fc.constantFrom(0, 0.01, 0.5, 1),
    parkShare: fc.constantFrom(0, 0.1, 1),
    backoff: fc.option(
      fc.constantFrom({ firstSeconds: 1, maxSeconds: 1 }, { firstSeconds: 5, maxSeconds: 60 }),
      {
        nil: undefined,
      },
    ),
    maxReceiveCount: fc.integer({ min: 1, max: 6 }),
    visibilityTimeoutSeconds: fc.integer({ min: 1, max: 100 }),
    retentionSeconds: fc.integer({ min: 60, max: 400 }),
  });
  fc.assert(
    fc.property(scenarios, ({ rates, ms, messageMs, initMs, parkShare, ...settings }) => {
      const scenario = scenarioOf({
        ...settings,
        parkRate: parkShare * (1 - settings.failureRate),
        arrivals: (second) => rates[Math.floor(second / 25) % rates.length] ?? 0,
        service: { points: [{ messages: settings.batchSize, ms }], messageMs, initMs },
        seconds: 500,
      });
      const { totals, series } = simulate(scenario);
      const { arrived, processed, deadLetters, parked, expired, waiting, inFlight } = totals;
      const settled = processed + deadLetters + parked + expired;
      const precision = 1e-6 * Math.max(1, arrived);
      expect(Math.abs(arrived - settled - waiting - inFlight)).toBeLessThan(precision);
      for (const part of [processed, deadLetters, parked, expired, waiting, inFlight]) {
        expect(part).toBeGreaterThanOrEqual(-precision);
      }
      const ceiling = settings.provisionedPollers ? 200 : 1250;
      const max = Math.min(settings.accountConcurrency, settings.maximumConcurrency ?? ceiling);
      expect(Math.max(...series.concurrency)).toBeLessThanOrEqual(max + 1e-6);
    }),
    { numRuns: 300, seed: 6 },
  );
});
