import { openProgress, type Progress } from '@parallel-lambda/report';

import { programName } from '../package.ts';

/** Prints a warning or a note on stderr. */
export function warn(sentence: string): void {
  console.error(`${programName}: ${sentence}`);
}

/** Returns the columns for text on stdout: the terminal's, or 80. A terminal may report none. */
export function textWidth(): number {
  return (process.stdout.isTTY && process.stdout.columns) || 80;
}

/** Shows progress on stderr. */
export function showProgress(text: string): Progress {
  return openProgress(text, {
    terminal: process.stderr.isTTY ? process.stderr : undefined,
    print: (line) => {
      console.error(line);
    },
  });
}
