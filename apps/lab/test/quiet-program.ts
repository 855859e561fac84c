import type { Command } from 'commander';

import { makeProgram } from '../src/program.ts';

/** The command line without its deeds and its output: what each command is told can be read, and what it says. */
export interface QuietProgram {
  readonly program: Command;
  /** What the commands were told: empty while none was reached. */
  readonly told: unknown[][];
  /** What has been written to stdout and stderr. */
  readonly written: () => string;
}

/** Makes a command line that does nothing; help has the width of a terminal of 80 columns, and no colours. */
export function quietProgram(): QuietProgram {
  const program = makeProgram();
  const told: unknown[][] = [];
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
      // Last comes the command itself.
      told.push([command.name(), ...values.slice(0, -1)]);
    });
  }
  return { program, told, written: () => written };
}
