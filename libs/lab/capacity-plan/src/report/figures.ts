import type { ManagedCost } from '../managed-cost.ts';
import type { Plan } from '../plan.ts';
import { countText, dollarText, timeText } from './units.ts';

/** Returns the figures of a plan as text, each with its name. */
export function figuresOf(plan: Plan): readonly (readonly [name: string, text: string])[] {
  const { concurrency, backlogMax, oldestAgeMax, latency, totals, monthly, managed } = plan;
  const { compute, requests, queue, pollers } = monthly;
  return [
    ['concurrency, p50 / max', `${countText(concurrency.p50)} / ${countText(concurrency.max)}`],
    ['backlog, max', `${countText(backlogMax)} messages`],
    ['age of oldest message, max', timeText(oldestAgeMax)],
    [
      'time per message, p50 / p99',
      latency ? `${timeText(latency.p50)} / ${timeText(latency.p99)}` : 'no message was processed',
    ],
    ['messages arrived / processed', `${countText(totals.arrived)} / ${countText(totals.processed)}`],
    ['dead letters', countText(totals.deadLetters)],
    ...(totals.parked > 0 ? [['parked', countText(totals.parked)] as const] : []),
    ['invocations', countText(totals.invocations)],
    ['cold starts', countText(Math.round(totals.coldStarts))],
    [
      'cost per month',
      `${dollarText(compute + requests + queue + pollers)}: ${dollarText(compute)} compute, ${dollarText(requests)} requests, ` +
        `${dollarText(queue)} SQS${pollers > 0 ? `, ${dollarText(pollers)} pollers` : ''}`,
    ],
    ...(managed ? [['on Managed Instances', managedText(plan, managed)] as const] : []),
  ];
}

function managedText({ monthly }: Plan, { instances, environments, breakEven }: ManagedCost): string {
  const total = instances + monthly.requests + monthly.queue + monthly.pollers;
  const from =
    breakEven === undefined ? 'never cheaper' : `cheaper from ${countText(breakEven)} messages per second`;
  return `${dollarText(total)}: up to ${countText(environments)} environments; ${from}`;
}
