import type { Progress } from './trial.ts';

/** Describes the next action of a measurement, and its step. */
export function progressText(progress: Progress): [text: string, step: string] {
  if ('timelineOf' in progress) {
    const text = `recording the timeline of ${progress.timelineOf}`;
    return [text, text];
  }
  const { series, done, leftMs } = progress;
  const left = `at most ${Math.max(1, Math.round(leftMs / 1000))} s left`;
  return [`${done} measured, ${left}, now ${series.workload}: ${series.variant}`, series.workload];
}
