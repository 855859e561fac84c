import { highestOf, meanOf } from './findings/condense.ts';
import type { Plan } from './findings/planned.ts';

/** The version of what the file holds. */
const format = 1;

/** A plan as a file keeps it: seconds would be too many, so a minute is the mean or the highest of its seconds. */
export function planJson(plan: Plan): string {
  const { scenario, billing, course, totals, concurrency, messageTime, monthly, hindrances } = plan;
  const minutes = Math.max(1, Math.round(scenario.seconds / 60));
  const json = {
    format,
    // What arrives is a function, and told by the minute.
    scenario: { ...scenario, arrivals: undefined },
    billing,
    concurrency,
    backlogMax: plan.backlogMax,
    oldestAgeMaxSeconds: plan.oldestAgeMax,
    inFlightMax: plan.inFlightMax,
    messageTimeSeconds: messageTime,
    totals,
    monthlyUsd: monthly,
    hindrances: Object.fromEntries(hindrances),
    minutes: {
      arrivedMean: meanOf(course.arrived, minutes),
      doneMean: meanOf(course.done, minutes),
      concurrencyMean: meanOf(course.concurrency, minutes),
      concurrencyMax: highestOf(course.concurrency, minutes),
      backlogMax: highestOf(course.backlog, minutes),
      oldestAgeMaxSeconds: highestOf(course.oldestAge, minutes),
    },
  };
  return `${JSON.stringify(json, undefined, 1)}\n`;
}
