import ora from 'ora';

import { statusTable } from './status-table.ts';
import { waitingIn, type StatusDisplay } from '@parallel-lambda/deployed-stack';

/**
 * On a terminal a table that changes; elsewhere a plain line on stderr whenever the number of messages does, and the
 * table at the end. As JSON a line of it at each look.
 */
export function makeDisplay(minutes: number, json: boolean): StatusDisplay {
  if (json) return jsonLines;
  return process.stdout.isTTY && process.stderr.isTTY ? liveTable(minutes) : plainLines(minutes);
}

const jsonLines: StatusDisplay = {
  show(statuses) {
    console.log(JSON.stringify(statuses));
  },
  end(statuses) {
    console.log(JSON.stringify(statuses));
  },
  [Symbol.dispose]() {
    // Nothing is left open.
  },
};

function liveTable(minutes: number): StatusDisplay {
  const spinner = ora({ stream: process.stderr, text: 'looking' }).start();
  return {
    show(statuses) {
      spinner.text = `until the queues are drained\n${statusTable(statuses, minutes)}`;
    },
    end(statuses) {
      spinner.stop();
      console.log(statusTable(statuses, minutes));
    },
    [Symbol.dispose]() {
      spinner.stop();
    },
  };
}

function plainLines(minutes: number): StatusDisplay {
  let last = '';
  return {
    show(statuses) {
      const line = statuses
        .filter(({ queue }) => queue !== null)
        .map((status) => `${status.function} ${waitingIn(status)}`)
        .join(', ');
      if (line !== last) console.error(`messages left: ${line}`);
      last = line;
    },
    end(statuses) {
      console.log(statusTable(statuses, minutes));
    },
    [Symbol.dispose]() {
      // Nothing is left open.
    },
  };
}
