import { adviceSentences } from '../analysis/advice-sentences.ts';
import { advise } from '../analysis/advise.ts';
import { analyseSeries, type SeriesFigures } from '../analysis/analyse-series.ts';
import { analyseWorkloads } from '../analysis/analyse-workloads.ts';
import {
  changeOf,
  comparisonAnswer,
  isAlike,
  presentOf,
  tuningAnswer,
  type Answer,
} from '../analysis/answer.ts';
import type { Snippet } from '../analysis/properties.ts';
import { setUp } from '../analysis/set-up.ts';
import { settingWords } from '../analysis/setting-text.ts';
import { escapeText } from '../drawing/draw-svg.ts';
import type { Measurements } from '../measurements/measurements.ts';
import type { Prices } from '../prices-of.ts';
import { dollars, durationText, figureText } from '../statistics/units.ts';
import { figuresTable } from './picture-section.ts';

/** Returns the first section of a report as HTML: the answer, the advised settings beside the present one, and how to set them. */
export function answerSection(measurements: Measurements, prices: Prices): string {
  if (measurements.purpose === 'compare') {
    return sentences(comparisonAnswer(measurements, analyseWorkloads(measurements, prices)));
  }
  const all = measurements.series.map((series) => analyseSeries(measurements, series, prices));
  const answer = tuningAnswer(measurements, all);
  return [
    sentences(answer),
    ...(answer.advice ? [settingsTable(measurements, all, answer.advice.figures)] : []),
    ...(answer.advice && measurements.p99Ms !== undefined
      ? [`<p>${escapeText(adviceSentences(measurements, all).at(-1) ?? '')}</p>`]
      : []),
    setUpSection(setUp(measurements, answer)),
  ].join('\n');
}

function sentences({ sentence, certainty }: Answer): string {
  const sure = certainty === '' ? '' : `<p>${escapeText(certainty)}</p>`;
  return `<p class="answer">${escapeText(sentence)}</p>${sure}`;
}

function settingsTable(
  measurements: Measurements,
  all: readonly SeriesFigures[],
  { series: { variant } }: SeriesFigures,
): string {
  const present = presentOf(measurements, all, variant);
  const byFigures = Map.groupBy(advise(all, measurements.p99Ms), ({ figures }) => figures);
  const advised = [...byFigures].map(([figures, advices]) => ({
    name: advices.map(({ goal }) => goal).join(', '),
    figures,
  }));
  const rows = [...(present ? [{ name: 'now', figures: present }] : []), ...advised].map(
    ({ name, figures }) => [
      name,
      settingWords(figures.series, all),
      figures.cost ? dollars(figures.cost) : '',
      figures.throughput ? figureText(figures.throughput) : '',
      figures.duration ? durationText(figures.duration) : '',
      ...(present ? [figures === present ? '' : comparedText(present, figures)] : []),
    ],
  );
  const columns = ['', 'setting', 'per million', 'messages/s', 'per batch', ...(present ? ['change'] : [])];
  return `<div class="scroll" role="region" tabindex="0" aria-label="Settings">${figuresTable('Advised settings', { columns, rows })}</div>`;
}

function comparedText(present: SeriesFigures, figures: SeriesFigures): string {
  return changeOf(present, figures)?.text ?? (isAlike(present, figures) ? 'the same' : 'not sure');
}

function setUpSection(snippets: readonly Snippet[]): string {
  if (snippets.length === 0) return '';
  const blocks = snippets.map(
    ({ title, lines }) =>
      `<div><h3>${escapeText(title)}</h3><pre tabindex="0">${escapeText(lines.join('\n'))}</pre></div>`,
  );
  return `<section aria-labelledby="set-up"><h2 id="set-up">Set it up</h2><div class="snippets">${blocks.join('\n')}</div></section>`;
}
