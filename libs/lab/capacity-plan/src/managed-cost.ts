import { hoursPerMonth, type Billing } from './billing.ts';
import { gatheredSize } from './simulation/pollers.ts';
import type { Scenario } from './simulation/scenario.ts';
import { batchSeconds } from './simulation/service-time.ts';

/** Cost of the load on Managed Instances, in US dollars per month. */
export interface ManagedCost {
  readonly vcpusPerEnvironment: number;
  readonly perEnvironment: number;
  /** Environments at the maximum of the load. */
  readonly environments: number;
  /** Instances with Lambda's fee, without requests and queue. */
  readonly instances: number;
  /** Messages per second from which a constant load costs less than on demand. Absent if it never does. */
  readonly breakEven?: number;
  /** Returns the monthly cost of Lambda for a constant load, on demand and on Managed Instances. */
  readonly at: (messagesPerSecond: number) => { readonly onDemand: number; readonly managed: number };
}

/**
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html
 * @see https://aws.amazon.com/lambda/pricing/
 */
const limits = {
  mbPerVcpu: 2048,
  /** Lambda keeps as many of each function. */
  minEnvironments: 3,
  maxEnvironments: 15_000,
  /** Share of the price of the instances that Lambda adds. */
  managementFee: 0.15,
  /** The smallest instances have as many. */
  vcpusPerInstance: 2,
} as const;

const secondsPerMonth = hoursPerMonth * 3600;

/**
 * Returns what a load costs on Managed Instances of the compute-optimized family, on demand and without a savings plan.
 *
 * @param concurrency batches in flight, second by second
 */
export function managedCost(
  scenario: Scenario,
  concurrency: Float64Array,
  { memoryMb, architecture, prices, managed }: Billing,
): ManagedCost | undefined {
  const price = prices.vcpuHour?.[architecture];
  if (price === undefined) return undefined;
  const vcpus = Math.max(1, Math.ceil(memoryMb / limits.mbPerVcpu));
  const perEnvironment = managed.perEnvironment ?? vcpus;
  const loadAt = (rate: number): { readonly invocations: number; readonly inFlight: number } => {
    const size = gatheredSize(scenario, rate);
    return { invocations: rate / size, inFlight: (rate / size) * batchSeconds(scenario.service, size) };
  };
  const environmentsFor = (batches: number): number =>
    Math.max(limits.minEnvironments, Math.ceil(batches / perEnvironment - 1e-9));
  const monthlyOf = (environments: number): number =>
    roundUp(environments * vcpus, limits.vcpusPerInstance) *
    price *
    (1 + limits.managementFee) *
    hoursPerMonth;
  const computePerBatch = (memoryMb / 1024) * prices.gbSecond[architecture] * secondsPerMonth;
  const breakEven = breakEvenOf((environments) => ({
    inFlight: monthlyOf(environments) / computePerBatch,
    capacity: environments * perEnvironment,
  }));
  const mean = concurrency.reduce((sum, batches) => sum + monthlyOf(environmentsFor(batches)), 0);
  return {
    vcpusPerEnvironment: vcpus,
    perEnvironment,
    environments: environmentsFor(concurrency.reduce((max, batches) => Math.max(max, batches), 0)),
    instances: mean / concurrency.length,
    ...(breakEven !== undefined && { breakEven: rateOf(breakEven, (rate) => loadAt(rate).inFlight) }),
    at: (rate) => {
      const { invocations, inFlight } = loadAt(rate);
      const requests = (invocations * secondsPerMonth * prices.millionRequests) / 1e6;
      return {
        onDemand: inFlight * computePerBatch + requests,
        managed: monthlyOf(environmentsFor(inFlight)) + requests,
      };
    },
  };
}

/** Returns the batches in flight that cost as much on demand as the fewest environments that can process them. */
function breakEvenOf(
  of: (environments: number) => { readonly inFlight: number; readonly capacity: number },
): number | undefined {
  let capacityBefore = 0;
  for (
    let environments: number = limits.minEnvironments;
    environments <= limits.maxEnvironments;
    environments += 1
  ) {
    const { inFlight, capacity } = of(environments);
    if (inFlight <= capacity) return Math.max(inFlight, capacityBefore);
    capacityBefore = capacity;
  }
  return undefined;
}

/** Returns the messages per second at which this number of batches is in flight, by bisection. */
function rateOf(inFlight: number, inFlightAt: (rate: number) => number): number {
  let [low, high] = [0, 1];
  while (inFlightAt(high) < inFlight) high *= 2;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (inFlightAt(middle) < inFlight) low = middle;
    else high = middle;
  }
  return high;
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
