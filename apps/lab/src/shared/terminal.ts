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

/** Calls a function when a key is pressed. Does nothing if stdin is no terminal. */
export function onKey(key: string, pressed: () => void): Disposable {
  const { stdin } = process;
  if (!stdin.isTTY) return { [Symbol.dispose]: () => undefined };
  const onData = (keys: Buffer): void => {
    const text = keys.toString();
    // In raw mode the terminal sends Ctrl-C as a character.
    if (text.includes('\u0003')) process.kill(process.pid, 'SIGINT');
    else if (text.includes(key)) pressed();
  };
  stdin.setRawMode(true).on('data', onData).unref();
  return {
    [Symbol.dispose]() {
      stdin.off('data', onData).setRawMode(false).pause();
    },
  };
}
