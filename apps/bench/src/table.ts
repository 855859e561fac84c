import { styleText } from 'node:util';

import { spreadOf } from '@parallel-lambda/report';
import Table from 'cli-table3';

import type { Case, Target } from './cases.ts';
import type { Series } from './measure.ts';

/** One case's figures: medians, how far they lie apart, and whether the targets are reached. */
export function table({ name, messages, targets, cold }: Case, series: readonly Series[]): string {
  const lines = new Table({
    head: [`${name}, ${messages} messages`, cold ? 'INIT + first' : 'duration', 'from - to', 'target', ''],
    colAligns: ['left', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const { competitor, durationsMs } of series) {
    const { median, least, most } = spreadOf(durationsMs);
    const target = targets.find((candidate) => candidate.competitor === competitor);
    const mostMs = target && mostOf(target, series);
    lines.push([
      competitor,
      `${median.toFixed(1)} ms`,
      `${least.toFixed(1)} - ${most.toFixed(1)}`,
      target && mostMs !== undefined ? `${textOf(target)} = ${mostMs.toFixed(1)}` : '',
      mostMs === undefined ? '' : verdict(median, mostMs),
    ]);
  }
  return lines.toString();
}

function mostOf({ against, most: { ratio = 1, moreMs = 0 } }: Target, series: readonly Series[]): number {
  const base = series.find(({ competitor }) => competitor === against);
  return (base ? spreadOf(base.durationsMs).median : 0) * ratio + moreMs;
}

function textOf({ against, most: { ratio = 1, moreMs } }: Target): string {
  if (against === undefined) return 'at most';
  return moreMs === undefined ? `${ratio} × ${against}` : `${against} + ${moreMs} ms`;
}

function verdict(median: number, mostMs: number): string {
  return median <= mostMs ? styleText('green', 'reached') : styleText('red', 'missed');
}
