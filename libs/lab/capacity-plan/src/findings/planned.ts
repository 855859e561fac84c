import type { Architecture, Prices } from '@parallel-lambda/report';

import { percentileOf } from './percentile-of.ts';
import type { Limit, Scenario } from '../simulation/scenario.ts';
import type { Course, Hindrance, Totals } from '../simulation/simulated.ts';
import { simulate } from '../simulation/simulation.ts';

/** What the function is billed by. */
export interface Billing {
  readonly memoryMb: number;
  readonly architecture: Architecture;
  readonly prices: Prices;
}

/** What a scenario leads to. */
export interface Plan {
  readonly scenario: Scenario;
  readonly billing: Billing;
  readonly course: Course;
  readonly totals: Totals;
  /** Batches in work at a time, the mean of a second: the median second, the highest. */
  readonly concurrency: { readonly p50: number; readonly max: number };
  /** Messages that wait. */
  readonly backlogMax: number;
  /** Seconds. */
  readonly oldestAgeMax: number;
  readonly inFlightMax: number;
  /** From arrival until done, in seconds. Absent where no message was done. */
  readonly messageTime?: { readonly p50: number; readonly p99: number };
  /** US dollars in 730 hours like these. */
  readonly monthly: MonthlyCost;
  readonly hindrances: ReadonlyMap<Limit, Hindrance>;
}

/** What a month costs, in US dollars. What the sender pays is not in it, nor logs. */
export interface MonthlyCost {
  readonly compute: number;
  readonly requests: number;
  /** Receiving and deleting, empty receives among them. */
  readonly queue: number;
}

/** As AWS counts a month in its prices. */
const hoursAMonth = 730;

/** Simulates a scenario and says what comes of it. */
export function planOf(scenario: Scenario, billing: Billing): Plan {
  const { course, totals, times, hindrances } = simulate(scenario);
  const [p50, p99] = [times.percentile(0.5), times.percentile(0.99)];
  return {
    scenario,
    billing,
    course,
    totals,
    concurrency: { p50: percentileOf(course.concurrency, 0.5), max: percentileOf(course.concurrency, 1) },
    backlogMax: percentileOf(course.backlog, 1),
    oldestAgeMax: percentileOf(course.oldestAge, 1),
    inFlightMax: percentileOf(course.inFlight, 1),
    ...(p50 !== undefined && p99 !== undefined && { messageTime: { p50, p99 } }),
    monthly: monthlyCost(totals, scenario.seconds, billing),
    hindrances,
  };
}

function monthlyCost(
  { billedMs, invocations, queueRequests }: Totals,
  seconds: number,
  { memoryMb, architecture, prices }: Billing,
): MonthlyCost {
  const months = (hoursAMonth * 3600) / seconds;
  const { gbSecond, millionRequests, millionQueueRequests = 0 } = prices;
  return {
    compute: (billedMs / 1000) * (memoryMb / 1024) * gbSecond[architecture] * months,
    requests: (invocations / 1e6) * millionRequests * months,
    queue: (queueRequests / 1e6) * millionQueueRequests * months,
  };
}
