import { runTrials } from './run-trials.ts';
import type { RunTrials, Trial, TrialsRun } from './trial.ts';

/**
 * Runs trials one setting of a function at a time: a deployed function has one configuration, and a change takes
 * seconds. The functions are still interleaved. Each wave gets its trials' share of the time that is left.
 */
export const runInWaves: RunTrials = async (plan, onProgress) => {
  const { clock = () => performance.now(), trials } = plan;
  const endsAt = clock() + plan.budgetMs;
  const runs: TrialsRun[] = [];
  let due = trials.length;
  for (const wave of wavesOf(trials)) {
    const budgetMs = Math.max(0, endsAt - clock()) * (wave.length / due);
    runs.push(await runTrials({ ...plan, trials: wave, budgetMs }, onProgress));
    due -= wave.length;
  }
  return { samples: runs.flatMap(({ samples }) => samples), noise: { calibrationsMs: [], loadAverage: 0 } };
};

/** Groups the first setting of every function, then the second, and so on. A cold start is a separate setting. */
function wavesOf(trials: readonly Trial[]): readonly (readonly Trial[])[] {
  const waves: Trial[][] = [];
  const byFunction = Map.groupBy(trials, ({ series }) => series.setting.function);
  for (const own of byFunction.values()) {
    const bySetting = Map.groupBy(own, ({ series: { setting, cold } }) =>
      JSON.stringify([setting.memoryMb, setting.workers, setting.threads, cold]),
    );
    for (const [place, alike] of [...bySetting.values()].entries()) {
      waves[place] = [...(waves[place] ?? []), ...alike];
    }
  }
  return waves;
}
