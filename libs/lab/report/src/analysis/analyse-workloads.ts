import { costOfMillionMessages } from '../cost-of-million-messages.ts';
import {
  baselineVariant,
  type Measurements,
  type Series,
  type Workload,
} from '../measurements/measurements.ts';
import type { Prices } from '../prices-of.ts';
import { compareMedians, type Ratio } from '../statistics/compare-medians.ts';
import { estimate } from '../statistics/estimate.ts';
import { analyseSeries, type SeriesFigures } from './analyse-series.ts';

/** One variant with one workload. */
export interface Row extends SeriesFigures {
  readonly variant: string;
  /** Speed-up over sequential processing; absent if that has no figure. */
  readonly speedUp?: Ratio;
  /** True if the duration was computed, not measured. */
  readonly computed: boolean;
}

/** The rows of one workload, one message after another first. */
export interface Group {
  readonly workload: Workload;
  readonly rows: readonly Row[];
}

/** Puts the variants beside each other, workload by workload; cold starts are no workload. */
export function analyseWorkloads(measurements: Measurements, prices: Prices): readonly Group[] {
  return measurements.workloads.flatMap((workload) => {
    const own = measurements.series.filter(({ cold, workload: name }) => !cold && name === workload.name);
    if (own.length === 0) return [];
    const measured = own.map((series) => analyseSeries(measurements, series, prices));
    const baseline =
      measured.find(({ series }) => series.variant === baselineVariant) ??
      computedBaseline(measurements, workload, own, prices);
    const others = measured.filter((figures) => figures !== baseline);
    const rows = [...(baseline ? [baseline] : []), ...others].map((figures): Row => {
      const comparable = baseline && figures.durationsMs.length > 0 && baseline.durationsMs.length > 0;
      return {
        ...figures,
        variant: figures.series.variant,
        computed: figures === baseline && !measured.includes(figures),
        ...(comparable && { speedUp: compareMedians(baseline.durationsMs, figures.durationsMs) }),
      };
    });
    return [{ workload, rows }];
  });
}

/** A batch that is not run because it takes too long; its duration is computed. */
function computedBaseline(
  { architecture }: Measurements,
  { sequentialMs }: Workload,
  [first]: readonly Series[],
  prices: Prices,
): SeriesFigures | undefined {
  if (sequentialMs === undefined || !first) return undefined;
  const { setting, messages } = first;
  const cost = costOfMillionMessages({
    billedMs: sequentialMs,
    memoryMb: setting.memoryMb,
    architecture,
    messages,
    prices,
  });
  return {
    series: { ...first, id: `${first.workload}: ${baselineVariant}`, variant: baselineVariant },
    durationsMs: [sequentialMs],
    costs: [cost],
    duration: estimate([sequentialMs]),
    throughput: estimate([(messages / sequentialMs) * 1000]),
    cost: estimate([cost]),
    failures: { invocations: 0, messages: 0 },
  };
}
