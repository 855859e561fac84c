import { hoursPerMonth, type Billing } from './billing.ts';
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
  const { batchSize, service } = scenario;
  const seconds = batchSeconds(service, batchSize);
  const environmentsFor = (batches: number): number =>
    Math.max(limits.minEnvironments, Math.ceil(batches / perEnvironment - 1e-9));
  const monthlyOf = (environments: number): number =>
    roundUp(environments * vcpus, limits.vcpusPerInstance) *
    price *
    (1 + limits.managementFee) *
    hoursPerMonth;
  const computePerMessage = ((seconds * memoryMb) / 1024 / batchSize) * prices.gbSecond[architecture];
  const requestsPerMessage = prices.millionRequests / 1e6 / batchSize;
  const breakEven = breakEvenOf((environments) => ({
    rate: monthlyOf(environments) / (computePerMessage * secondsPerMonth),
    capacity: (environments * perEnvironment * batchSize) / seconds,
  }));
  const mean = concurrency.reduce((sum, batches) => sum + monthlyOf(environmentsFor(batches)), 0);
  return {
    vcpusPerEnvironment: vcpus,
    perEnvironment,
    environments: environmentsFor(concurrency.reduce((max, batches) => Math.max(max, batches), 0)),
    instances: mean / concurrency.length,
    ...(breakEven !== undefined && { breakEven }),
    at: (rate) => {
      const messages = rate * secondsPerMonth;
      const requests = messages * requestsPerMessage;
      return {
        onDemand: messages * computePerMessage + requests,
        managed: monthlyOf(environmentsFor((rate / batchSize) * seconds)) + requests,
      };
    },
  };
}

/** Returns the rate at which on demand costs as much as the fewest environments that can process it. */
function breakEvenOf(
  of: (environments: number) => { readonly rate: number; readonly capacity: number },
): number | undefined {
  let capacityBefore = 0;
  for (
    let environments: number = limits.minEnvironments;
    environments <= limits.maxEnvironments;
    environments += 1
  ) {
    const { rate, capacity } = of(environments);
    if (rate <= capacity) return Math.max(rate, capacityBefore);
    capacityBefore = capacity;
  }
  return undefined;
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
