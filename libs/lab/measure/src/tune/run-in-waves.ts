import { runTrials, type OnProgress, type RunPlan, type TrialsRun } from '../run-trials.ts';
import type { Trial } from '../trial.ts';

/**
 * Runs trials as `runTrials` does, but one setting of a function at a time: a deployed function has one configuration, and a
 * change of it takes seconds. Functions are still interleaved; each wave may take its trials' share of the time that is left.
 */
export async function runInWaves(plan: RunPlan, onProgress: OnProgress): Promise<TrialsRun> {
  const { clock = () => performance.now(), budgetMs, trials } = plan;
  const endsAt = clock() + budgetMs;
  const runs: TrialsRun[] = [];
  let due = trials.length;
  for (const wave of wavesOf(trials)) {
    const budgetMs = Math.max(0, endsAt - clock()) * (wave.length / due);
    runs.push(await runTrials({ ...plan, trials: wave, budgetMs }, onProgress));
    due -= wave.length;
  }
  return {
    samples: runs.flatMap(({ samples }) => samples),
    // What this machine did beside says nothing of functions that run elsewhere.
    noise: { calibrationsMs: [], loadAverage: 0 },
  };
}

/** The first setting of every function, then the second of every one, …; a cold start is a setting of its own. */
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
