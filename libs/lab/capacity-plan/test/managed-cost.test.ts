import { pricesOf, type Prices } from '@parallel-lambda/report';
import { describe, expect, it } from 'vitest';

import { managedCost } from '../src/managed-cost.ts';
import { planScenario } from '../src/plan.ts';
import { always, scenarioOf } from './simulation/scenario-of.ts';

const prices: Prices = {
  gbSecond: { arm64: 0.0000133334, x86_64: 0.0000166667 },
  millionRequests: 0.2,
  vcpuHour: { arm64: 0.036, x86_64: 0.045 },
};
const billing = { memoryMb: 4096, architecture: 'arm64', prices, managed: {} } as const;
const vcpuMonth = 0.036 * 1.15 * 730;

describe('the cost on Managed Instances', () => {
  it('is the cost of three environments without arrivals', () => {
    const cost = managedCost(scenarioOf({ service: always(1000) }), new Float64Array(60), billing);
    expect(cost).toMatchObject({ environments: 3, vcpusPerEnvironment: 2, perEnvironment: 2 });
    expect(cost?.instances).toBeCloseTo(3 * 2 * vcpuMonth, 6);
  });

  it('is that of as many environments as the batches in flight need', () => {
    const cost = managedCost(scenarioOf({ service: always(1000) }), Float64Array.of(10, 10), billing);
    expect(cost?.environments).toBe(5);
    expect(cost?.instances).toBeCloseTo(5 * 2 * vcpuMonth, 6);
  });

  it('is unknown without a price', () => {
    const { gbSecond, millionRequests } = prices;
    const scenario = scenarioOf({ service: always(1000) });
    expect(
      managedCost(scenario, new Float64Array(1), { ...billing, prices: { gbSecond, millionRequests } }),
    ).toBeUndefined();
  });
});

describe('the break-even', () => {
  it("is where the messages' duration costs as much as the minimum environments", () => {
    const scenario = scenarioOf({ service: always(200), windowSeconds: 300 });
    const managed = { perEnvironment: 64 };
    const cost = managedCost(scenario, new Float64Array(1), { ...billing, managed });
    // Ten messages in 0.2 s with 4 GB.
    const perMessage = (0.2 * 4 * prices.gbSecond.arm64) / 10;
    const expected = (3 * 2 * vcpuMonth) / (perMessage * 730 * 3600);
    expect(cost?.breakEven).toBeCloseTo(expected, 6);
    const { onDemand, managed: onInstances } = cost?.at(expected) ?? { onDemand: 0, managed: 1 };
    expect(Math.abs(onDemand / onInstances - 1)).toBeLessThan(1e-9);
  });

  it.each([
    { windowSeconds: 1, batchSize: 100 },
    { windowSeconds: 0, batchSize: 10 },
    { windowSeconds: 1, batchSize: 100, provisionedPollers: { minimum: 2, maximum: 20 } },
  ])('counts the batches that the pollers gather: %j', (changes) => {
    const scenario = scenarioOf({ service: always(200), ...changes });
    const managed = { perEnvironment: 64 };
    const cost = managedCost(scenario, new Float64Array(1), { ...billing, managed });
    const { onDemand, managed: onInstances } = cost?.at(cost.breakEven ?? 0) ?? { onDemand: 0, managed: 1 };
    expect(Math.abs(onDemand / onInstances - 1)).toBeLessThan(1e-6);
  });

  it('is above the load of a plan that costs less on demand, and below that of one that costs more', () => {
    const changes = { service: always(200), windowSeconds: 1, batchSize: 100, seconds: 3600 };
    const managed = { perEnvironment: 64 };
    const costAt = (rate: number) => {
      const plan = planScenario(scenarioOf({ ...changes, rate }), { ...billing, managed });
      return { compute: plan.monthly.compute, instances: plan.managed?.instances ?? 0, plan };
    };
    const { breakEven = 0 } = costAt(1).plan.managed ?? {};
    const [below, above] = [costAt(0.9 * breakEven), costAt(1.1 * breakEven)];
    expect(below.compute).toBeLessThan(below.instances);
    expect(above.compute).toBeGreaterThan(above.instances);
  });

  it('does not exist if an environment costs more than the batches that it can process', () => {
    const expensive = { ...prices, vcpuHour: { arm64: 1, x86_64: 1 } };
    const cost = managedCost(scenarioOf({ service: always(200) }), new Float64Array(1), {
      ...billing,
      prices: expensive,
    });
    expect(cost).not.toHaveProperty('breakEven');
  });

  it('is known for the prices of us-east-1', () => {
    const cost = managedCost(scenarioOf({ service: always(200) }), new Float64Array(1), {
      ...billing,
      prices: pricesOf('us-east-1'),
    });
    expect(cost?.breakEven).toBeGreaterThan(1);
  });
});
