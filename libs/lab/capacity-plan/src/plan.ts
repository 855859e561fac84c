import { hoursPerMonth, type Billing } from './billing.ts';
import { managedCost, type ManagedCost } from './managed-cost.ts';
import type { Limit, Scenario } from './simulation/scenario.ts';
import { simulate } from './simulation/simulate.ts';
import type { LimitPeriod, TimeSeries, Totals } from './simulation/statistics.ts';

/** The result of planning a scenario. */
export interface Plan {
  readonly scenario: Scenario;
  readonly billing: Billing;
  readonly series: TimeSeries;
  readonly totals: Totals;
  /** Batches in flight, the mean of a second: the median of all seconds, and the maximum. */
  readonly concurrency: { readonly p50: number; readonly max: number };
  /** Messages. */
  readonly backlogMax: number;
  /** Seconds. */
  readonly oldestAgeMax: number;
  /** Messages. */
  readonly inFlightMax: number;
  /** Seconds from the arrival of a message until it is processed. Absent if no message was processed. */
  readonly latency?: { readonly p50: number; readonly p99: number };
  readonly monthly: MonthlyCost;
  /** The same load on Managed Instances. Absent if their price is unknown. */
  readonly managed?: ManagedCost;
  /** The limits that made messages wait. */
  readonly limits: ReadonlyMap<Limit, LimitPeriod>;
}

/** US dollars for 730 hours like the simulated ones, without the costs of the sender and of logs. */
export interface MonthlyCost {
  readonly compute: number;
  readonly requests: number;
  /** SQS: receives, deletes and empty receives. Absent if their price is unknown. */
  readonly queue?: number;
  /** Provisioned event pollers. Absent if there are none, or their price is unknown. */
  readonly pollers?: number;
}

/** Simulates a scenario. */
export function planScenario(scenario: Scenario, billing: Billing): Plan {
  const { series, totals, latency, limits } = simulate(scenario);
  const managed = managedCost(scenario, series.concurrency, billing);
  const [p50, p99] = [latency.percentile(0.5), latency.percentile(0.99)];
  return {
    scenario,
    billing,
    series,
    totals,
    concurrency: { p50: percentileOf(series.concurrency, 0.5), max: percentileOf(series.concurrency, 1) },
    backlogMax: percentileOf(series.backlog, 1),
    oldestAgeMax: percentileOf(series.oldestAge, 1),
    inFlightMax: percentileOf(series.inFlight, 1),
    ...(p50 !== undefined && p99 !== undefined && { latency: { p50, p99 } }),
    monthly: monthlyCost(totals, scenario.seconds, billing),
    ...(managed && { managed }),
    limits,
  };
}

/** Returns the smallest value that is not exceeded by this share of all values (nearest rank). */
function percentileOf(values: Float64Array, share: number): number {
  return Float64Array.from(values).sort()[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;
}

function monthlyCost(
  { billedMs, invocations, queueRequests, pollerSeconds }: Totals,
  seconds: number,
  { memoryMb, architecture, prices }: Billing,
): MonthlyCost {
  const months = (hoursPerMonth * 3600) / seconds;
  const { gbSecond, millionRequests, millionQueueRequests, pollerHour } = prices;
  return {
    compute: (billedMs / 1000) * (memoryMb / 1024) * gbSecond[architecture] * months,
    requests: (invocations / 1e6) * millionRequests * months,
    ...(millionQueueRequests !== undefined && {
      queue: (queueRequests / 1e6) * millionQueueRequests * months,
    }),
    ...(pollerHour !== undefined &&
      pollerSeconds > 0 && { pollers: (pollerSeconds / 3600) * pollerHour * months }),
  };
}
