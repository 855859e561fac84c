import { baselineVariant, type Measurements } from '../measurements/measurements.ts';
import { compareMedians, type Ratio } from '../statistics/compare-medians.ts';
import { digits } from '../statistics/figure-text.ts';
import { dollars, figureText } from '../statistics/units.ts';
import { adviceSentences } from './advice-sentences.ts';
import { advise, hasFailed, timesOf, type Advice } from './advise.ts';
import type { SeriesFigures } from './analyse-series.ts';
import type { Group } from './analyse-workloads.ts';
import { noiseSentence } from './noise-sentence.ts';
import { rank } from './rank.ts';
import { settingWords } from './setting-text.ts';

/** The result of a measurement, before all details. */
export interface Answer {
  /** The result in one or two sentences. */
  readonly sentence: string;
  /** A sentence about the confidence. Empty without a result. */
  readonly certainty: string;
  /** The setting to take. Absent if none succeeded, and of a comparison. */
  readonly advice?: Advice;
}

/** A smaller change is not worth a deployment. */
const noteworthy = 0.05;

const list = new Intl.ListFormat('en-GB');

const noneBetter: Readonly<Record<Advice['goal'], string>> = {
  cheapest: 'No other setting is cheaper.',
  fastest: 'No other setting is faster.',
  balanced: 'No other setting has a better balance of cost and speed.',
  'cheapest in time': 'No other setting in time is cheaper.',
};

/** Answers which setting to take: the cheapest in time if there is a limit, else the balanced one. */
export function tuningAnswer(measurements: Measurements, all: readonly SeriesFigures[]): Answer {
  const advices = advise(all, measurements.p99Ms);
  const advice =
    advices.find(({ goal }) => goal === 'cheapest in time') ??
    advices.find(({ goal }) => goal === 'balanced');
  if (!advice) return { sentence: adviceSentences(measurements, all)[0] ?? '', certainty: '' };
  const { figures } = advice;
  const present = presentOf(measurements, all, figures.series.variant);
  const change = present && present !== figures ? changeOf(present, figures) : undefined;
  const service = measurements.workloads[0]?.downstream;
  const messages =
    service === undefined ? 'For these messages' : `For these messages and this service (${service})`;
  const words = settingWords(figures.series, all);
  if (present && (present === figures || isAlike(present, figures) || change?.improves === false)) {
    const sentence = `${messages}: keep the current setting, ${settingWords(present.series, all)}. ${noneBetter[advice.goal]}`;
    const samples = `${present.durationsMs.length} and ${figures.durationsMs.length} samples`;
    const certain = change
      ? `the best other setting is ${change.certain}, with 95% confidence (${samples})`
      : `differences are within the noise of ${samples}`;
    return {
      sentence,
      certainty: sure([certain], advice, measurements),
      advice: { ...advice, figures: present },
    };
  }
  if (!present || !change) {
    const { cost, throughput } = figures;
    const numbers =
      cost && throughput
        ? `${dollars(cost)} per million messages, ${figureText(throughput)} messages per second`
        : '';
    const samples = `${figures.durationsMs.length} samples`;
    return {
      sentence: `${messages}: ${words}; ${numbers}.${failedPresent(measurements, all)}`,
      certainty: sure(
        present
          ? ['the samples do not show whether it is better than now. Use a longer --budget']
          : [samples],
        advice,
        measurements,
      ),
      advice,
    };
  }
  const certain = `${change.certain}, with 95% confidence (${present.durationsMs.length} and ${figures.durationsMs.length} samples)`;
  return {
    sentence: `${messages}: ${words}; ${change.text} than now.`,
    certainty: sure([certain], advice, measurements),
    advice,
  };
}

/** Finds the current setting of a function, if it was measured without failures. */
export function presentOf(
  { present = [] }: Measurements,
  all: readonly SeriesFigures[],
  variant: string,
): SeriesFigures | undefined {
  return all.find(
    (figures) =>
      present.includes(figures.series.id) &&
      figures.series.variant === variant &&
      figures.duration !== undefined &&
      !hasFailed(figures),
  );
}

function failedPresent({ present = [] }: Measurements, all: readonly SeriesFigures[]): string {
  const failed = all.some((figures) => present.includes(figures.series.id) && hasFailed(figures));
  return failed ? ' With the current setting, messages failed.' : '';
}

/** Differences that are certainly smaller do not matter. */
const negligible = 0.1;

/** True if the samples show that two settings cost nearly the same and are nearly equally fast. */
export function isAlike(one: SeriesFigures, other: SeriesFigures): boolean {
  const ratios = [compareMedians(one.costs, other.costs), compareMedians(timesOf(one), timesOf(other))];
  return ratios.every(({ low, high }) => low > 1 - negligible && high < 1 + negligible);
}

interface Change {
  readonly text: string;
  readonly certain: string;
  /** True if the other setting is cheaper or faster. */
  readonly improves: boolean;
}

/** Describes what changes between two settings; `undefined` if nothing does beyond the noise. */
export function changeOf(present: SeriesFigures, advised: SeriesFigures): Change | undefined {
  const cost = compareMedians(present.costs, advised.costs);
  const speed = compareMedians(timesOf(present), timesOf(advised));
  const changes = [partOf(cost, costText), partOf(speed, speedText)].filter((part) => part !== undefined);
  if (changes.length === 0) return undefined;
  return {
    text: list.format(changes.map(({ text }) => text)),
    certain: list.format(changes.map(({ certain }) => certain)),
    improves: changes.some(({ improves }) => improves),
  };
}

function partOf(ratio: Ratio, textOf: (ratio: number) => string): Change | undefined {
  if (!ratio.differs || Math.abs(ratio.ratio - 1) < noteworthy) return undefined;
  // The end of the interval that is nearer to no change.
  const nearest = ratio.ratio > 1 ? ratio.low : ratio.high;
  return {
    text: textOf(ratio.ratio),
    certain: `at least ${textOf(nearest)}`,
    improves: ratio.ratio > 1,
  };
}

/** @param ratio of the present to the new cost */
function costText(ratio: number): string {
  return ratio > 1 ? `${whole(1 - 1 / ratio)}% cheaper` : `${whole(1 / ratio - 1)}% more expensive`;
}

/** @param ratio of the present to the new time per message */
function speedText(ratio: number): string {
  const word = ratio > 1 ? 'faster' : 'slower';
  const times = Math.max(ratio, 1 / ratio);
  return times < 1.5 ? `${whole(times - 1)}% ${word}` : `${digits(times, 2)} times ${word}`;
}

function whole(share: number): number {
  return Math.round(100 * share);
}

function sure(parts: readonly string[], { alike }: Advice, measurements: Measurements): string {
  const others = alike.length === 1 ? 'One other setting is' : `${alike.length} other settings are`;
  const text = parts.join('; ');
  return [
    `Confidence: ${text}.`,
    ...(alike.length > 0 ? [`${others} equally good within the noise.`] : []),
    ...(noiseSentence(measurements) === undefined
      ? []
      : ['The machine was busy, so run it again before you rely on the result.']),
  ].join(' ');
}

/** Answers which technique is fastest for which workloads. */
export function comparisonAnswer(measurements: Measurements, groups: readonly Group[]): Answer {
  const ranked = groups.flatMap(({ workload, rows }) => {
    const techniques = rows.filter(({ variant }) => variant !== baselineVariant);
    const { fastest, slower } = rank(techniques);
    const names = fastest.map(({ variant }) => variant).sort();
    return names.length > 0
      ? [{ workload: workload.name, names, all: slower.length === 0 && names.length > 1 }]
      : [];
  });
  const byNames = Map.groupBy(ranked, ({ names, all }) => (all ? undefined : list.format(names)));
  const sentences = [...byNames].map(([who, own]) => {
    const where = list.format(own.map(({ workload }) => workload));
    if (who === undefined) return `No technique is measurably faster for ${where}.`;
    return `${who} ${(own[0]?.names.length ?? 0) > 1 ? 'are' : 'is'} fastest for ${where}.`;
  });
  const busy = noiseSentence(measurements) === undefined ? '' : ' The machine was busy, so run it again.';
  return sentences.length === 0
    ? { sentence: 'No technique was measured.', certainty: '' }
    : {
        sentence: sentences.join(' '),
        certainty: `Only differences of at least 5% with 95% confidence are reported.${busy}`,
      };
}
