import { digits } from '../statistics/figure-text.ts';
import { figureText, percent } from '../statistics/units.ts';
import type { SeriesFigures } from './analyse-series.ts';
import { workersText } from './setting-text.ts';

/** Compares adaptive workers with the fixed number of workers that has the highest throughput, technique by technique. */
export function adaptiveSentences(all: readonly SeriesFigures[]): readonly string[] {
  return all.flatMap((adaptive) => {
    const { variant, setting, messages, workload } = adaptive.series;
    if (setting.workers !== 'adaptive' || !adaptive.throughput) return [];
    const [best] = all
      .filter(
        ({ series, throughput }) =>
          throughput &&
          typeof series.setting.workers === 'number' &&
          series.variant === variant &&
          series.workload === workload &&
          series.messages === messages &&
          series.setting.memoryMb === setting.memoryMb,
      )
      .sort((one, other) => (other.throughput?.median ?? 0) - (one.throughput?.median ?? 0));
    const fixed = best?.series.setting.workers;
    if (!best?.throughput || fixed === undefined) return [];
    const share = adaptive.throughput.median / best.throughput.median;
    const text = share < 1 ? percent(share) : `${digits(share, 3)}×`;
    return [
      `${variant}: adaptive workers process ${figureText(adaptive.throughput)} messages per second, ${text} of the ` +
        `best fixed number, ${workersText(fixed)}. They adapt with each batch.${failedText(adaptive)}`,
    ];
  });
}

/** A service that rejects shows adaptive workers its limit by rejecting. */
function failedText({ failures, durationsMs, series }: SeriesFigures): string {
  const all = durationsMs.length * series.messages;
  return failures.messages === 0 ? '' : ` ${failures.messages} of ${all} messages failed during this time.`;
}
