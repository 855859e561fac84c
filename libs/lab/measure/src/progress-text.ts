import type { Progress } from './trial.ts';

/** Describes what a measurement does next, and the step that it belongs to. */
export function progressText(progress: Progress): [text: string, step: string] {
  if ('timelineOf' in progress) {
    const text = `recording the timeline of ${progress.timelineOf}`;
    return [text, text];
  }
  const { series, done, leftMs } = progress;
  const left = `at most ${Math.max(1, Math.round(leftMs / 1000))} s left`;
  return [`${done} measured, ${left}, now ${series.workload}: ${series.variant}`, series.workload];
}
