import type { Plan } from '../plan.ts';
import { maxOf, meanOf } from './condense.ts';

/** The version of the format. */
const format = 3;

/** Returns a plan as JSON, with the series by the minute: the mean or the maximum of its seconds. */
export function planJson(plan: Plan): string {
  const { scenario, billing, series, totals, concurrency, latency, monthly, limits } = plan;
  const minutes = Math.max(1, Math.round(scenario.seconds / 60));
  const json = {
    format,
    // Arrivals are a function; their values are in the minutes.
    scenario: { ...scenario, arrivals: undefined },
    billing,
    concurrency,
    backlogMax: plan.backlogMax,
    oldestAgeMaxSeconds: plan.oldestAgeMax,
    inFlightMax: plan.inFlightMax,
    latencySeconds: latency,
    totals,
    monthlyUsd: monthly,
    managedInstances: plan.managed,
    limits: Object.fromEntries(limits),
    minutes: {
      arrivedMean: meanOf(series.arrived, minutes),
      processedMean: meanOf(series.processed, minutes),
      concurrencyMean: meanOf(series.concurrency, minutes),
      concurrencyMax: maxOf(series.concurrency, minutes),
      backlogMax: maxOf(series.backlog, minutes),
      oldestAgeMaxSeconds: maxOf(series.oldestAge, minutes),
    },
  };
  return `${JSON.stringify(json, undefined, 1)}\n`;
}
