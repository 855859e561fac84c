import { oneByOne, type Measurements, type Series, type Workload } from '../measurements/measurements.ts';
import type { Prices } from '../prices-of.ts';
import { compareMedians, type Ratio } from '../statistics/compare-medians.ts';
import { estimate } from '../statistics/estimate.ts';
import { costOfMillionMessages } from '../cost-of-million-messages.ts';
import { analyseSeries, type SeriesFigures } from './analyse-series.ts';

/** One way with one workload. */
export interface Row extends SeriesFigures {
  readonly way: string;
  /** How many times as fast as one message after another; absent where that has no figure. */
  readonly speedUp?: Ratio;
  /** Whether the duration was computed, not measured. */
  readonly computed: boolean;
}

/** The rows of one workload, one message after another first. */
export interface Group {
  readonly workload: Workload;
  readonly rows: readonly Row[];
}

/** Puts the ways beside each other, workload by workload; cold starts are no workload. */
export function analyseWorkloads(measurements: Measurements, prices: Prices): readonly Group[] {
  return measurements.workloads.flatMap((workload) => {
    const own = measurements.series.filter(({ cold, workload: name }) => !cold && name === workload.name);
    if (own.length === 0) return [];
    const measured = own.map((series) => analyseSeries(measurements, series, prices));
    const yardstick =
      measured.find(({ series }) => series.way === oneByOne) ??
      computedYardstick(measurements, workload, own, prices);
    const others = measured.filter((figures) => figures !== yardstick);
    const rows = [...(yardstick ? [yardstick] : []), ...others].map((figures): Row => {
      const comparable = yardstick && figures.durationsMs.length > 0 && yardstick.durationsMs.length > 0;
      return {
        ...figures,
        way: figures.series.way,
        computed: figures === yardstick && !measured.includes(figures),
        ...(comparable && { speedUp: compareMedians(yardstick.durationsMs, figures.durationsMs) }),
      };
    });
    return [{ workload, rows }];
  });
}

/** A batch that nobody waits for one by one: what it would take is computed. */
function computedYardstick(
  { architecture }: Measurements,
  { oneByOneMs }: Workload,
  [first]: readonly Series[],
  prices: Prices,
): SeriesFigures | undefined {
  if (oneByOneMs === undefined || !first) return undefined;
  const { setting, messages } = first;
  const cost = costOfMillionMessages({
    billedMs: oneByOneMs,
    memoryMb: setting.memoryMb,
    architecture,
    messages,
    prices,
  });
  return {
    series: { ...first, id: `${first.workload}: ${oneByOne}`, way: oneByOne },
    durationsMs: [oneByOneMs],
    costs: [cost],
    duration: estimate([oneByOneMs]),
    throughput: estimate([(messages / oneByOneMs) * 1000]),
    cost: estimate([cost]),
    failures: { invocations: 0, messages: 0 },
  };
}
