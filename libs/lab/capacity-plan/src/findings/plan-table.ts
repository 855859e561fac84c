import { sparkline } from '@parallel-lambda/report';
import Table from 'cli-table3';

import { highestOf } from './condense.ts';
import { countText, dollarText, timeText } from './plan-text.ts';
import type { Plan } from './planned.ts';

/** What a plan comes to: a name and a text each. */
export function planFigures(plan: Plan): readonly (readonly [name: string, text: string])[] {
  const { concurrency, backlogMax, oldestAgeMax, messageTime, totals, monthly } = plan;
  const { compute, requests, queue } = monthly;
  return [
    ['concurrency, p50 / max', `${countText(concurrency.p50)} / ${countText(concurrency.max)}`],
    ['backlog, max', `${countText(backlogMax)} messages`],
    ['oldest age, max', timeText(oldestAgeMax)],
    [
      'time per message, p50 / p99',
      messageTime ? `${timeText(messageTime.p50)} / ${timeText(messageTime.p99)}` : 'no message was done',
    ],
    ['messages arrived / done', `${countText(totals.arrived)} / ${countText(totals.done)}`],
    ['dead letters', countText(totals.deadLetters)],
    ['invocations', countText(totals.invocations)],
    ['cold starts', countText(Math.round(totals.coldStarts))],
    [
      'cost a month',
      `${dollarText(compute + requests + queue)}: ${dollarText(compute)} GB-seconds, ${dollarText(requests)} requests, ` +
        `${dollarText(queue)} queue`,
    ],
  ];
}

/** A plan for a terminal. */
export function planTable(plan: Plan): string {
  const lines = new Table({ style: { head: [], border: [], compact: true } });
  lines.push(...planFigures(plan).map(([name, text]) => [name, text]));
  return lines.toString();
}

/** How it goes over time, a line each, as high as each stretch's highest second. */
export function planSparklines({ course }: Plan): readonly string[] {
  const lines: readonly (readonly [string, Float64Array])[] = [
    ['arrivals', course.arrived],
    ['concurrency', course.concurrency],
    ['backlog', course.backlog],
    ['oldest age', course.oldestAge],
  ];
  return lines.map(([name, values]) => `${name.padEnd(12)}${sparkline(highestOf(values, 60))}`);
}
