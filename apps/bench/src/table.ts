import { styleText } from 'node:util';

import { milliseconds, spreadOf } from '@parallel-lambda/report';
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
    const { median, least, most } = spreadOf(durationsMs);
    const verdicts = targets
      .filter((target) => target.competitor === competitor)
      .map((t) => judge(t, series));
    lines.push([
      competitor,
      `${median.toFixed(1)} ms`,
      `${least.toFixed(1)} - ${most.toFixed(1)}`,
      verdicts.map(({ target, mostMs }) => `${target} = ${mostMs.toFixed(1)}`).join('\n'),
      verdicts.map(({ reached }) => inColour(reached)).join('\n'),
    ]);
  }
  return `${batch}\n${lines.toString()}`;
}

/** The same for a page in Markdown. */
export function markdownTable({ batch, targets }: Case, series: readonly Series[]): string {
  const rows = series.map(({ competitor, durationsMs }) => {
    const { median, least, most } = spreadOf(durationsMs);
    const verdicts = targets
      .filter((target) => target.competitor === competitor)
      .map((target) => judge(target, series))
      .map(
        ({ target, mostMs, reached }) => `${target} = ${shown(mostMs)}: ${reached ? 'reached' : 'missed'}`,
      );
    return `| ${competitor} | ${shown(median)} | ${shown(least)} to ${shown(most)} | ${verdicts.join('; ')} |`;
  });
  return [`| ${batch} | median | from, to | aim |`, '| --- | ---: | ---: | --- |', ...rows].join('\n');
}

function shown(ms: number): string {
  return milliseconds(ms);
}

function inColour(reached: boolean): string {
  return reached ? styleText('green', 'reached') : styleText('red', 'missed');
}
