import type { Command } from 'commander';

import { makeProgram } from '../src/program.ts';

/** A command line whose commands only record their options. */
export interface QuietProgram {
  readonly program: Command;
  /** The arguments and options of each command that ran: empty while none was reached. */
  readonly calls: unknown[][];
  /** Output on stdout and stderr. */
  readonly written: () => string;
}

/** Makes a command line that does nothing; help has the width of a terminal of 80 columns, and no colours. */
export function quietProgram(): QuietProgram {
  const program = makeProgram();
  const calls: unknown[][] = [];
  let written = '';
  const write = (text: string): void => {
    written += text;
  };
  for (const command of [program, ...program.commands]) {
    command.configureOutput({
      writeOut: write,
      writeErr: write,
      getOutHelpWidth: () => 80,
      getErrHelpWidth: () => 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  }
  for (const command of program.commands) {
    command.action((...values: unknown[]) => {
      // The last one is the command itself.
      calls.push([command.name(), ...values.slice(0, -1)]);
    });
  }
  return { program, calls, written: () => written };
}
