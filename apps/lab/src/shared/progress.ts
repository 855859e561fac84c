import ora from 'ora';

/** Progress on stderr: a line that changes on a terminal, plain lines elsewhere. */
export interface Progress extends Disposable {
  /**
   * Shows how far the command has come.
   *
   * @param step decides whether the text is printed where there is no terminal: once per step. @default text
   */
  update(text: string, step?: string): void;
}

/** @param text is shown on a terminal until the first update */
export function showProgress(text: string): Progress {
  if (process.stderr.isTTY) {
    const spinner = ora({ stream: process.stderr, text, discardStdin: false }).start();
    return {
      update: (next) => (spinner.text = next),
      [Symbol.dispose]: () => spinner.stop(),
    };
  }
  const printed = new Set<string>();
  return {
    update(next, step = next) {
      if (!printed.has(step)) console.error(next);
      printed.add(step);
    },
    [Symbol.dispose]: () => undefined,
  };
}
