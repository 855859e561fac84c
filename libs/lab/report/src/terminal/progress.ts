import { LiveText, type Terminal } from './live-text.ts';

/** Shows how far a command is. */
export interface Progress extends Disposable {
  /**
   * Shows the next text.
   *
   * @param step prints the text once per step, if there is no terminal. @default text
   */
  update(text: string, step?: string): void;
}

/** Display of progress. */
export interface ProgressOptions {
  /** Shows a line that changes. @default none: lines are printed instead */
  readonly terminal?: Terminal | undefined;
  readonly print: (line: string) => void;
}

/** @param text is shown on a terminal until the first update */
export function openProgress(text: string, { terminal, print }: ProgressOptions): Progress {
  if (!terminal) {
    const printed = new Set<string>();
    return {
      update(next, step = next) {
        if (!printed.has(step)) print(next);
        printed.add(step);
      },
      [Symbol.dispose]: () => undefined,
    };
  }
  const live = new LiveText(terminal);
  live.update(text);
  return {
    update: (next) => {
      live.update(next);
    },
    [Symbol.dispose]: () => {
      live.clear();
    },
  };
}
