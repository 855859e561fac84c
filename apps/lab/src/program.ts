import { Command } from 'commander';

import { addChaos } from './chaos/command.ts';
import { addCheck } from './check/command.ts';
import { addCompare } from './compare/command.ts';
import { addDraw } from './draw/command.ts';
import { addInvoke } from './invoke/command.ts';
import { addPlan } from './plan/command.ts';
import { addSend } from './send/command.ts';
import { addStatus } from './status/command.ts';
import { addServe } from './serve/command.ts';
import { addTune } from './tune/command.ts';

/** Every command, each declared in a file of its own: its arguments, its options and what it runs. */
const commands: readonly ((program: Command) => void)[] = [
  addInvoke,
  addCompare,
  addDraw,
  addServe,
  addChaos,
  addCheck,
  addTune,
  addPlan,
  addSend,
  addStatus,
];

/** What holds for all of them. */
const conventions = `
Results go to stdout, progress and logs to stderr. --json prints a command's
result as JSON; what compare, tune and plan have found is more than that and
goes into a file, --json FILE.
Exit codes: 0 it is done; 1 the function failed, or something is missing;
2 an option, an argument or an input is wrong.`;

/** The command line as data. Wrong options are thrown as `CommanderError`, after commander has said what is wrong. */
export function makeProgram(): Command {
  const program = new Command('lab')
    .description(
      'Runs the built functions on this machine, as Lambda does, and works with those that are deployed.',
    )
    .exitOverride()
    .showHelpAfterError('(lab --help tells more)')
    .addHelpText('after', conventions);
  for (const add of commands) add(program);
  for (const command of program.commands) {
    command.showHelpAfterError(`(lab ${command.name()} --help tells more)`);
  }
  return program;
}
