import { spreadOf } from '@parallel-lambda/report';

import type { Run, StoredRuns } from './stored-runs.ts';

/** The median of the longest runs of one setting with one service. */
export interface SettingResult extends Run {
  /** The throughput as a multiple of that of the best fixed number. */
  readonly share: number;
  readonly earlyShare: number;
  /** The share of the slowest and of the fastest run. */
  readonly low: number;
  readonly high: number;
}

/** The results of all settings with one service. */
export interface ServiceResult {
  readonly service: string;
  /** The fixed number with the highest throughput; of several within 1 %, the smallest. */
  readonly best: SettingResult;
  readonly settings: readonly SettingResult[];
}

const NEARLY_BEST = 0.99;
const fixedNumber = /^\d+$/;

/** Compares the settings of each service with its best fixed number. */
export function compareSettings({ runs }: StoredRuns): readonly ServiceResult[] {
  return [...new Set(runs.map(({ service }) => service))].sort().map((service) => {
    const own = runs.filter((run) => run.service === service);
    const settings = [...new Set(own.map(({ setting }) => setting))];
    const medians = settings.map((setting) =>
      medianOf(longest(own.filter((run) => run.setting === setting))),
    );
    const fixed = medians.filter(({ setting }) => fixedNumber.test(setting)).sort(byWorkers);
    const top = Math.max(...fixed.map(({ perSecond }) => perSecond));
    const whole = longest(fixed);
    const topEarly = Math.max(...whole.map(({ earlyPerSecond }) => earlyPerSecond));
    const results = medians.map((median) => ({
      ...median,
      share: median.perSecond / top,
      earlyShare: median.earlyPerSecond / topEarly,
      low: median.low / top,
      high: median.high / top,
    }));
    const best = results
      .filter(({ setting }) => fixedNumber.test(setting))
      .sort(byWorkers)
      .find(({ share }) => share >= NEARLY_BEST);
    if (!best) throw new Error(`No fixed number of workers was measured with service ${service}.`);
    return { service, best, settings: results };
  });
}

/** Returns the best fixed number of workers of a service, if it has fewer runs of this duration than it should have. */
export function bestToMeasure(
  stored: StoredRuns,
  service: string,
  seconds: number,
  count: number,
): string | undefined {
  const best = compareSettings(stored).find((result) => result.service === service)?.best;
  const runs = stored.runs.filter(
    (run) => run.service === service && run.setting === best?.setting && run.seconds >= seconds,
  );
  return runs.length < count ? best?.setting : undefined;
}

/** Returns the longest runs: in shorter ones, the start from cold counts more. */
function longest<Item extends Run>(runs: readonly Item[]): readonly Item[] {
  const seconds = Math.max(...runs.map((run) => run.seconds));
  return runs.filter((run) => run.seconds === seconds);
}

function medianOf(runs: readonly Run[]) {
  const median = (of: (run: Run) => number): number => spreadOf(runs.map(of)).median;
  const rates = runs.map(({ perSecond }) => perSecond);
  return {
    service: runs[0]?.service ?? '',
    setting: runs[0]?.setting ?? '',
    seconds: runs[0]?.seconds ?? 0,
    perSecond: median((run) => run.perSecond),
    earlyPerSecond: median((run) => run.earlyPerSecond),
    rejected: median((run) => run.rejected),
    p99Ms: median((run) => run.p99Ms),
    bySecond: (runs[0]?.bySecond ?? []).map((_, second) => median((run) => run.bySecond[second] ?? 0)),
    low: Math.min(...rates),
    high: Math.max(...rates),
  };
}

function byWorkers({ setting: one }: { setting: string }, { setting: other }: { setting: string }): number {
  return Number(one) - Number(other);
}
