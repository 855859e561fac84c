import { vcpusOf } from '@parallel-lambda/local-lambda';
import { median } from 'simple-statistics';

import { costOfMillionMessages } from '../cost-of-million-messages.ts';
import type { Measurements, Sample, Series } from '../measurements/measurements.ts';
import type { Prices } from '../prices-of.ts';
import { estimate, type Estimate } from '../statistics/estimate.ts';

/** Analysis of the samples of one series. */
export interface SeriesFigures {
  readonly series: Series;
  /** Whole invocations in milliseconds, INIT not among them. Absent where none succeeded. */
  readonly duration?: Estimate;
  /** Milliseconds, of a cold series. */
  readonly init?: Estimate;
  /** Messages that succeeded in a second. */
  readonly throughput?: Estimate;
  /** US dollars for a million messages that succeeded. */
  readonly cost?: Estimate;
  /**
   * The median share of the CPU time that the memory bought which was used, from 0 to 1. Absent where CPU time is not known, or
   * was not limited to the paid resources.
   */
  readonly cpuShare?: number;
  /** The milliseconds of each sample that counts. */
  readonly durationsMs: readonly number[];
  /** The cost of the setting. */
  readonly costs: readonly number[];
  readonly failures: Failures;
}

/** Failures, which are shown beside the figures. */
export interface Failures {
  /** Samples without a response, or in which no message succeeded: they do not count. */
  readonly invocations: number;
  /** Messages in samples that count. */
  readonly messages: number;
  /** Message of the first error. */
  readonly why?: string;
}

/** Makes the figures of one series: nothing is measured here. */
export function analyseSeries(
  { samples: all, architecture, enforced }: Measurements,
  series: Series,
  prices: Prices,
): SeriesFigures {
  const samples = all.filter((sample) => sample.series === series.id);
  const counting = samples.filter(({ error, failed }) => error === undefined && failed < series.messages);
  const costOf = ({ billedDurationMs: billedMs, failed }: Sample): number =>
    costOfMillionMessages({
      billedMs,
      memoryMb: series.setting.memoryMb,
      architecture,
      messages: series.messages - failed,
      prices,
    });
  const costs = counting.map(costOf);
  const durationsMs = counting.map(({ durationMs }) => durationMs);
  const shares = counting.flatMap(({ cpuTimeMs, durationMs }) =>
    cpuTimeMs === undefined || !enforced.cpu
      ? []
      : [cpuTimeMs / (durationMs * vcpusOf(series.setting.memoryMb))],
  );
  const why =
    samples.find(({ error }) => error !== undefined)?.error ??
    samples.find(({ reason }) => reason !== undefined)?.reason;
  return {
    series,
    durationsMs,
    costs,
    failures: {
      invocations: samples.length - counting.length,
      messages: counting.reduce((sum, { failed }) => sum + failed, 0),
      ...(why !== undefined && { why }),
    },
    ...(counting.length > 0 && {
      duration: estimate(durationsMs),
      throughput: estimate(
        counting.map(({ durationMs, failed }) => ((series.messages - failed) / durationMs) * 1000),
      ),
      cost: estimate(costs),
    }),
    ...(shares.length > 0 && { cpuShare: median(shares) }),
    ...(series.cold &&
      counting.length > 0 && { init: estimate(counting.map(({ initDurationMs = 0 }) => initDurationMs)) }),
  };
}
