import type { ManagedCost } from '../managed-cost.ts';
import type { Plan } from '../plan.ts';
import { countText, dollarText, listed, messagesText, timeText, wholeText } from './units.ts';
import { unknownPrices } from './unknown-prices.ts';

/** Returns the figures of a plan as text, each with its name. */
export function figuresOf(plan: Plan): readonly (readonly [name: string, text: string])[] {
  const { concurrency, backlogMax, oldestAgeMax, latency, totals, managed } = plan;
  return [
    ['concurrency, p50 / max', `${countText(concurrency.p50)} / ${countText(concurrency.max)}`],
    ['backlog, max', messagesText(backlogMax)],
    ['age of oldest message, max', timeText(oldestAgeMax)],
    [
      'time per message, p50 / p99',
      latency ? `${timeText(latency.p50)} / ${timeText(latency.p99)}` : 'no message was processed',
    ],
    ['messages arrived / processed', `${countText(totals.arrived)} / ${countText(totals.processed)}`],
    ['dead letters', countText(totals.deadLetters)],
    ...(totals.parked > 0 ? [['parked', countText(totals.parked)] as const] : []),
    ['invocations', countText(totals.invocations)],
    ['cold starts', wholeText(totals.coldStarts)],
    ['cost per month', costText(plan)],
    ...(managed ? [['on Managed Instances', managedText(plan, managed)] as const] : []),
  ];
}

function costText(plan: Plan): string {
  const { compute, requests, queue, pollers } = plan.monthly;
  const parts = [
    [compute, 'compute'],
    [requests, 'requests'],
    ...(queue === undefined ? [] : [[queue, 'SQS'] as const]),
    ...(pollers === undefined ? [] : [[pollers, 'pollers'] as const]),
  ] as const;
  const total = parts.reduce((sum, [cost]) => sum + cost, 0);
  const without = unknownPrices(plan).flatMap(({ key, what }) => (key === 'vcpuHour' ? [] : [what]));
  return (
    `${dollarText(total)}${without.length > 0 ? ` without ${listed(without)}` : ''}: ` +
    parts.map(([cost, name]) => `${dollarText(cost)} ${name}`).join(', ')
  );
}

function managedText({ monthly }: Plan, { instances, environments, breakEven }: ManagedCost): string {
  const total = instances + monthly.requests + (monthly.queue ?? 0) + (monthly.pollers ?? 0);
  const from =
    breakEven === undefined ? 'never cheaper' : `cheaper from ${messagesText(breakEven)} per second`;
  return `${dollarText(total)}: up to ${wholeText(environments)} environments; ${from}`;
}
