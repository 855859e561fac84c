import ora from 'ora';

import type { Progress } from '@parallel-lambda/measure';

/** On a terminal one line that changes, with the time left; elsewhere a plain line for each thing that is new. */
export function showProgress(): Progress & Disposable {
  const spinner = ora({
    stream: process.stderr,
    text: 'starting the functions',
    isSilent: !process.stderr.isTTY,
  });
  spinner.start();
  const said = new Set<string>();
  function say(text: string, summary = text): void {
    if (process.stderr.isTTY) spinner.text = text;
    else if (!said.has(summary)) console.error(summary);
    said.add(summary);
  }
  return {
    say,
    onProgress: ({ trial: { series }, done, leftMs }) => {
      const left = `${Math.max(1, Math.round(leftMs / 1000))} s left at most`;
      say(`${done} measured, ${left}, now ${series.workload}: ${series.way}`, `measuring ${series.workload}`);
    },
    [Symbol.dispose]: () => {
      spinner.stop();
    },
  };
}
