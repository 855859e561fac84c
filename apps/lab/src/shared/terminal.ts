import { openProgress, wrapText, type Progress } from '@parallel-lambda/report/terminal';

import { programName } from '../package.ts';

/** Prints a warning or a note on stderr, which a terminal shows in lines of whole words. */
export function warn(sentence: string): void {
  const { isTTY, columns } = process.stderr;
  console.error(wrapText(`${programName}: ${sentence}`, isTTY ? columns || defaultWidth : Infinity, '  '));
}

/** Columns of a terminal that reports none, and of text that is not for a terminal. */
const defaultWidth = 80;

/** Returns the columns for text on stdout. */
export function textWidth(): number {
  return (process.stdout.isTTY && process.stdout.columns) || defaultWidth;
}

/** Wraps each line of a text for stdout, if that is a terminal. */
export function wrapLines(text: string): string {
  const width = process.stdout.isTTY ? textWidth() : Infinity;
  return text
    .split('\n')
    .map((line) => wrapText(line, width, '  '))
    .join('\n');
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
