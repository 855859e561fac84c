import type { Measurements } from '../measurements/measurements.ts';
import { dollars, durationText, figureText, milliseconds } from '../statistics/units.ts';
import { advise, type Advice } from './advise.ts';
import type { SeriesFigures } from './analyse-series.ts';
import { settingText } from './setting-text.ts';

/** Returns each advice in one or two sentences, or the reason why there is none. */
export function adviceSentences({ p99Ms }: Measurements, all: readonly SeriesFigures[]): readonly string[] {
  const advices = advise(all, p99Ms);
  if (advices.length === 0) {
    const failed = all.find(({ failures }) => failures.invocations > 0);
    const why = failed ? ` (${failed.failures.why ?? 'every message failed'})` : '';
    return [`No advice: no setting succeeded${why}.`];
  }
  const bySetting = Map.groupBy(advices, ({ figures }) => figures);
  const sentences = [...bySetting.values()].map(sentence);
  if (p99Ms === undefined || advices.some(({ goal }) => goal === 'cheapest in time')) return sentences;
  const quickest = Math.min(
    ...all.flatMap(({ series, durationsMs }) =>
      series.cold || durationsMs.length === 0 ? [] : [Math.max(...durationsMs)],
    ),
  );
  return [
    ...sentences,
    `Cheapest in time: no setting finished every batch within ${milliseconds(p99Ms)}; the best took ` +
      `${milliseconds(quickest)}. Try smaller batches.`,
  ];
}

const list = new Intl.ListFormat('en-GB');

const goals: Readonly<Record<Advice['goal'], string>> = {
  cheapest: 'Cheapest',
  fastest: 'Fastest',
  balanced: 'Balanced',
  'cheapest in time': 'Cheapest in time',
};

/** @param advices of one setting */
function sentence(advices: readonly Advice[]): string {
  const [first] = advices;
  if (!first) return '';
  const { figures, alike } = first;
  const names = list.format(advices.map(({ goal }, place) => (place === 0 ? goals[goal] : goal)));
  const { series, cost, throughput, duration, durationsMs } = figures;
  const slowest = `slowest of ${durationsMs.length}: ${milliseconds(Math.max(...durationsMs))}`;
  const others =
    alike.length === 0
      ? ''
      : ` ${alike.length === 1 ? 'One other setting is' : `${alike.length} other settings are`} equally good within the ` +
        `noise, such as ${alike[0] ? settingText(alike[0].series) : ''}.`;
  return (
    `${names}: ${settingText(series)}: ${cost ? dollars(cost) : ''} per million messages, ` +
    `${throughput ? figureText(throughput) : ''} messages per second, ` +
    `${duration ? durationText(duration) : ''} per batch (${slowest}).${others}`
  );
}
