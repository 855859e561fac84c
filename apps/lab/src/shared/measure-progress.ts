import type { Progress } from '@parallel-lambda/measure';

import { showProgress } from './progress.ts';

/** Shows the progress of a measurement: what is measured now, and how much time is left. */
export function measureProgress(): Progress & Disposable {
  const progress = showProgress('starting the functions');
  return {
    say: (text) => {
      progress.update(text);
    },
    onProgress: ({ trial: { series }, done, leftMs }) => {
      const left = `at most ${Math.max(1, Math.round(leftMs / 1000))} s left`;
      progress.update(`${done} measured, ${left}, now ${series.workload}: ${series.way}`, series.workload);
    },
    [Symbol.dispose]: () => {
      progress[Symbol.dispose]();
    },
  };
}
