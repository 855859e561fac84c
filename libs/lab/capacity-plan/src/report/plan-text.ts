import { styleText } from 'node:util';

import { sparkline, textTable, wrapText } from '@parallel-lambda/report/terminal';

import type { CapacityPlan } from '../plan-capacity.ts';
import type { Plan } from '../plan.ts';
import { maxOf } from './condense.ts';
import { figuresOf } from './figures.ts';
import { assumptions, findingsOf } from './findings.ts';

/** Columns for the name of a series. */
const nameWidth = 12;

/**
 * Returns a plan as text for a terminal: its figures, the course over time, findings, and the model.
 *
 * @param width columns at which sentences are wrapped. @default not wrapped
 */
export function planText(plan: CapacityPlan, width?: number): string {
  const { warnings, notes } = findingsOf(plan);
  return [
    wrapText(`${plan.basis}.`, width),
    '',
    textTable([{ head: '' }, { head: '', width: 48 }], figuresOf(plan), width),
    '',
    ...sparklines(plan, width),
    '',
    ...warnings.map((sentence) => styleText('yellow', wrapText(`! ${sentence}`, width, '  '))),
    ...notes.map((sentence) => wrapText(`- ${sentence}`, width, '  ')),
    ...assumptions.map((sentence) => styleText('dim', wrapText(sentence, width))),
  ].join('\n');
}

/** Draws the series of a plan in one line each: the maximum of each of up to 60 periods. */
function sparklines({ series }: Plan, width = Infinity): readonly string[] {
  const lines: readonly (readonly [string, Float64Array])[] = [
    ['arrivals', series.arrived],
    ['concurrency', series.concurrency],
    ['backlog', series.backlog],
    ['oldest age', series.oldestAge],
  ];
  const periods = Math.max(1, Math.min(60, width - nameWidth));
  return lines.map(([name, values]) => `${name.padEnd(nameWidth)}${sparkline(maxOf(values, periods))}`);
}
