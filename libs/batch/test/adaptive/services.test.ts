import {
  fixedLimit,
  services,
  simulate,
  type ServiceModel,
  type SimulatedRun,
} from '@parallel-lambda/downstream';
import { describe, expect, it } from 'vitest';

import { AdaptiveLimit } from '../../src/adaptive/adaptive-limit.ts';

const SEEDS = [101, 102, 103, 104, 105];
const FIXED = [16, 20, 32, 64, 128, 256, 512];
/** A setting is one of the best if its throughput is so near to the maximum. */
const NEARLY_BEST = 0.99;

function adaptiveRuns(model: ServiceModel): readonly SimulatedRun[] {
  return SEEDS.map((seed) =>
    simulate({ model, seed, createLimit: (clocks) => new AdaptiveLimit({ min: 1, max: 512 }, clocks) }),
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? NaN;
}

const rejectedShare = ({ rejected, succeeded }: SimulatedRun): number => rejected / (rejected + succeeded);

describe.each(services)('with service ($name), $text, adaptive workers', (model) => {
  const runs = adaptiveRuns(model);
  const fixed = FIXED.map((workers) => simulate({ model, seed: 1, createLimit: () => fixedLimit(workers) }));
  const best = Math.max(...fixed.map(({ succeeded }) => succeeded));

  it('have at least 95 % of the throughput of the best fixed number in ten seconds', () => {
    expect(median(runs.map(({ succeeded }) => succeeded / best))).toBeGreaterThanOrEqual(0.95);
    expect(Math.min(...runs.map(({ succeeded }) => succeeded / best))).toBeGreaterThan(0.85);
  });

  it('have at least 85 % in the first three seconds', () => {
    const bestEarly = Math.max(...fixed.map(({ early }) => early));
    expect(median(runs.map(({ early }) => early / bestEarly))).toBeGreaterThanOrEqual(0.85);
  });

  it('have at most 2 % of the requests rejected', () => {
    for (const run of runs) expect(rejectedShare(run)).toBeLessThanOrEqual(0.02);
  });

  it.runIf(['b', 'd'].includes(model.name))('have a p99 of at most 1.5 times that of the best', () => {
    const bestP99 = fixed.find(({ succeeded }) => succeeded >= NEARLY_BEST * best)?.p99Ms ?? NaN;
    expect(median(runs.map(({ p99Ms }) => p99Ms / bestP99))).toBeLessThanOrEqual(1.5);
  });
});

it.each(['c', 'e'])('a fixed number of 100 has tens of percent rejected by service (%s)', (name) => {
  const model = services.find((one) => one.name === name);
  if (!model) throw new Error('no such service');
  const run = simulate({ model, seed: 1, createLimit: () => fixedLimit(100) });
  expect(rejectedShare(run)).toBeGreaterThan(0.3);
});
