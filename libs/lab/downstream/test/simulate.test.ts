import { expect, it } from 'vitest';

import { fixedLimit, services, simulate, type ServiceModel } from '../src/index.ts';

const free: ServiceModel = { name: 'free', text: '', latencyMs: () => 50 };

function run(model: ServiceModel, workers: number, seed = 1) {
  return simulate({ model, seed, createLimit: () => fixedLimit(workers) });
}

it('has the throughput of its workers where the latency is fixed', () => {
  const { succeeded } = run(free, 10);
  expect(succeeded).toBeGreaterThan(1_900);
  expect(succeeded).toBeLessThan(2_000);
});

it('has the throughput of its places where requests queue', () => {
  const queue: ServiceModel = { ...free, capacity: () => 4 };
  const [few, many] = [run(queue, 4), run(queue, 40)];
  expect(many.succeeded / few.succeeded).toBeCloseTo(1, 1);
  expect(many.p99Ms).toBeGreaterThan(5 * few.p99Ms);
});

it('rejects what neither its places nor its queue can take', () => {
  const model: ServiceModel = { ...free, capacity: () => 4, maxQueue: 2 };
  expect(run(model, 6).rejected).toBe(0);
  expect(run(model, 7).rejected).toBeGreaterThan(0);
});

it('cannot process more messages than its event loop', () => {
  const { succeeded } = run({ ...free, computeMs: 1 }, 500);
  expect(succeeded).toBeLessThan(10_000);
  expect(succeeded).toBeGreaterThan(7_000);
});

it('shares the service among its functions', () => {
  const model: ServiceModel = { ...free, capacity: () => 4 };
  expect(run({ ...model, functions: 2 }, 4).succeeded / run(model, 4).succeeded).toBeCloseTo(1, 1);
});

it.each(services)('is the same with the same seed: service ($name)', (model) => {
  expect(run(model, 30, 3)).toEqual(run(model, 30, 3));
  expect(run(model, 30, 3)).not.toEqual(run(model, 30, 4));
});
