import { styleText } from 'node:util';

import { spreadOf } from '@parallel-lambda/report';
import Table from 'cli-table3';

import type { Case } from './case.ts';
import type { Series } from './measure.ts';
import { judge } from './verdict.ts';

/** One case's figures: medians, how far they lie apart, and whether the targets are reached. */
export function table({ name, batch, targets, cold }: Case, series: readonly Series[]): string {
  const lines = new Table({
    head: [name, cold ? 'INIT + first' : 'duration', 'from - to', 'target', ''],
    colAligns: ['left', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const { competitor, durationsMs } of series) {
    const { median, min, max } = spreadOf(durationsMs);
    const verdicts = targets
      .filter((target) => target.competitor === competitor)
      .map((t) => judge(t, series));
    lines.push([
      competitor,
      `${median.toFixed(1)} ms`,
      `${min.toFixed(1)} - ${max.toFixed(1)}`,
      verdicts.map(({ target, mostMs }) => `${target} = ${mostMs.toFixed(1)}`).join('\n'),
      verdicts.map(({ reached }) => inColour(reached)).join('\n'),
    ]);
  }
  return `${batch}\n${lines.toString()}`;
}

function inColour(reached: boolean): string {
  return reached ? styleText('green', 'reached') : styleText('red', 'missed');
}
