import type { OnProgress } from '@parallel-lambda/measure';

import { showProgress } from './progress.ts';

/** Shows the progress of a measurement: what is measured now, and how much time is left. */
export function measureProgress(): Disposable & { readonly onProgress: OnProgress } {
  const shown = showProgress('starting the functions');
  return {
    onProgress: (progress) => {
      if ('timelineOf' in progress) {
        shown.update(`recording the timeline of ${progress.timelineOf}`);
        return;
      }
      const { series, done, leftMs } = progress;
      const left = `at most ${Math.max(1, Math.round(leftMs / 1000))} s left`;
      shown.update(`${done} measured, ${left}, now ${series.workload}: ${series.variant}`, series.workload);
    },
    [Symbol.dispose]: () => {
      shown[Symbol.dispose]();
    },
  };
}
