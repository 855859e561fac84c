import { styleText } from 'node:util';

import { adaptiveSentences } from '../analysis/adaptive-sentences.ts';
import { adviceSentences } from '../analysis/advice-sentences.ts';
import { analyseSeries } from '../analysis/analyse-series.ts';
import { analyseWorkloads } from '../analysis/analyse-workloads.ts';
import { comparisonAnswer, tuningAnswer, type Answer } from '../analysis/answer.ts';
import { conditions, meaning } from '../analysis/meaning.ts';
import { setUp } from '../analysis/set-up.ts';
import type { Measurements } from '../measurements/measurements.ts';
import { missingSentences } from '../pictures/missing-sentences.ts';
import { priceList, pricesOf, type PriceList, type Prices } from '../prices-of.ts';
import { settingsTable } from './settings-table.ts';
import { failureSentences, table } from './table.ts';
import { wrapText } from './text-table.ts';

/** The report in brief. */
export interface Findings {
  readonly text: string;
  /** True if the measurements led to a result: a tuning without advice has none. */
  readonly complete: boolean;
}

/** Options for {@link findingsText}. */
export interface FindingsOptions {
  /** @default AWS's list prices */
  readonly prices?: PriceList | undefined;
  /** Columns of the terminal. @default 80 */
  readonly width?: number;
}

/** Returns the table of a comparison or a tuning, its findings, and the conditions. */
export function findingsText(
  measurements: Measurements,
  { prices: list = priceList, width = 80 }: FindingsOptions = {},
): Findings {
  const prices = pricesOf(measurements.region, list);
  const text = measurements.purpose === 'tune' ? settings : techniques;
  const { lines, complete } = text(measurements, prices, width);
  const dimmed = conditions(measurements, list).map((sentence) =>
    styleText('dim', wrapText(sentence, width)),
  );
  return { text: [...lines, ...dimmed].join('\n'), complete };
}

interface Lines {
  readonly lines: readonly string[];
  readonly complete: boolean;
}

function techniques(measurements: Measurements, prices: Prices, width: number): Lines {
  const groups = analyseWorkloads(measurements, prices);
  const lines = [
    ...answerLines(comparisonAnswer(measurements, groups), width),
    table(groups, width),
    ...failureSentences(groups).map((sentence) => warning(sentence, width)),
    ...meaning(groups).map((sentence) => bullet(sentence, width)),
  ];
  return { lines, complete: true };
}

function settings(measurements: Measurements, prices: Prices, width: number): Lines {
  const all = measurements.series.map((series) => analyseSeries(measurements, series, prices));
  const answer = tuningAnswer(measurements, all);
  const complete = answer.advice !== undefined;
  const sentences = [...(complete ? adviceSentences(measurements, all) : []), ...adaptiveSentences(all)];
  const lines = [
    ...answerLines(answer, width),
    ...(complete ? [settingsTable(all, width)] : []),
    ...missingSentences(all).map((sentence) => warning(sentence, width)),
    ...sentences.map((sentence) => bullet(sentence, width)),
    ...setUp(measurements, answer).flatMap(({ title, lines: own }) => [
      styleText('bold', `${title}:`),
      ...own.map((line) => `  ${line}`),
    ]),
  ];
  return { lines, complete };
}

function answerLines({ sentence, certainty }: Answer, width: number): readonly string[] {
  const lines = [sentence, certainty].filter((text) => text !== '').map((text) => wrapText(text, width));
  return [...lines.map((text, place) => (place === 0 ? styleText('bold', text) : text)), ''];
}

function warning(sentence: string, width: number): string {
  return styleText('yellow', wrapText(`! ${sentence}`, width, '  '));
}

function bullet(sentence: string, width: number): string {
  return wrapText(`- ${sentence}`, width, '  ');
}
