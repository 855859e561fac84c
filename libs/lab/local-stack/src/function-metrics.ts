/** Metrics of a function's invocations in CloudWatch. */
export type MetricName =
  'Invocations' | 'Errors' | 'Throttles' | 'Duration' | 'ConcurrentExecutions' | 'IteratorAge';

/** The values of a metric within a time, as CloudWatch sums them up. */
export interface StatisticSet {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

const minuteMs = 60_000;
/** A day: the range for which the console of CloudWatch shows single minutes. */
const keptMs = 24 * 60 * minuteMs;

/**
 * The metrics of one function, by the minute.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export class FunctionMetrics {
  /** Values by metric and start of the minute. */
  readonly #minutes = new Map<MetricName, Map<number, StatisticSet>>();

  record(name: MetricName, value: number, nowMs: number): void {
    const minutes = this.#minutes.get(name) ?? new Map<number, StatisticSet>();
    this.#minutes.set(name, minutes);
    const start = nowMs - (nowMs % minuteMs);
    const known = minutes.get(start);
    minutes.set(start, known ? merged(known, setOf(value)) : setOf(value));
    if (!known) for (const old of minutes.keys()) if (old < start - keptMs) minutes.delete(old);
  }

  /**
   * @param fromMs milliseconds since 1970, included
   * @param toMs not included
   * @param periodMs a multiple of a minute
   * @returns the periods with data, by their start, the earliest first
   */
  read(name: MetricName, fromMs: number, toMs: number, periodMs: number): ReadonlyMap<number, StatisticSet> {
    const periods = new Map<number, StatisticSet>();
    for (const [minute, set] of this.#minutes.get(name) ?? []) {
      if (minute < fromMs - (fromMs % minuteMs) || minute >= toMs) continue;
      const start = minute - (minute % periodMs);
      const known = periods.get(start);
      periods.set(start, known ? merged(known, set) : set);
    }
    return periods;
  }
}

function setOf(value: number): StatisticSet {
  return { count: 1, sum: value, minimum: value, maximum: value };
}

function merged(a: StatisticSet, b: StatisticSet): StatisticSet {
  return {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    minimum: Math.min(a.minimum, b.minimum),
    maximum: Math.max(a.maximum, b.maximum),
  };
}
