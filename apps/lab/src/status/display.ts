import { messagesLeft, type StackStatus } from '@parallel-lambda/deployed-stack';
import ora from 'ora';

import { statusTable } from './print.ts';

/** Shows the status of a stack while it is watched, and at the end. */
export interface Display extends Disposable {
  update(status: StackStatus): void;
  end(status: StackStatus): void;
}

/** Options for {@link openDisplay}. */
export interface DisplayOptions {
  /** Period of the metrics. */
  readonly minutes: number;
  readonly json: boolean | undefined;
  /** Columns of the terminal. */
  readonly width: number | undefined;
}

/**
 * Opens a table that is updated on a terminal; elsewhere a line on stderr for each change of the message count, and the
 * table at the end. With `json`, prints one line of JSON per update.
 */
export function openDisplay({ minutes, json, width }: DisplayOptions): Display {
  const print = (status: StackStatus): void => {
    console.log(json ? JSON.stringify(status.functions) : statusTable(status, minutes, width));
  };
  if (json) return { update: print, end: print, [Symbol.dispose]: () => undefined };
  if (!process.stdout.isTTY || !process.stderr.isTTY) {
    return { update: countLines(), end: print, [Symbol.dispose]: () => undefined };
  }
  const spinner = ora({ stream: process.stderr, text: 'reading the status' }).start();
  return {
    update(status) {
      spinner.text = `until the queues are drained\n${statusTable(status, minutes, width)}`;
    },
    end(status) {
      spinner.stop();
      print(status);
    },
    [Symbol.dispose]() {
      spinner.stop();
    },
  };
}

function countLines(): Display['update'] {
  let last = '';
  return ({ functions }) => {
    const counts = functions
      .filter(({ queue }) => queue !== null)
      .map((one) => `${one.function} ${messagesLeft(one)}`);
    const line = counts.join(', ');
    if (line !== last) console.error(`messages left: ${line}`);
    last = line;
  };
}
