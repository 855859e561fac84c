import { command, completionCommand } from '@parallel-lambda/command-line';
import { Command } from 'commander';

import { chaosCommand } from './chaos/command.ts';
import { checkCommand } from './check/command.ts';
import { compareCommand } from './compare/command.ts';
import { drawCommand } from './draw/command.ts';
import { invokeCommand } from './invoke/command.ts';
import { programName, version } from './package.ts';
import { planCommand } from './plan/command.ts';
import { sendCommand } from './send/command.ts';
import { serveCommand } from './serve/command.ts';
import { statusCommand } from './status/command.ts';
import { tuneCommand } from './tune/command.ts';

/** Each command is declared as data in `command.ts`, and runs in `run.ts` of its folder. */
const commands = [
  command(invokeCommand, () => import('./invoke/run.ts')),
  command(compareCommand, () => import('./compare/run.ts')),
  command(tuneCommand, () => import('./tune/run.ts')),
  command(drawCommand, () => import('./draw/run.ts')),
  command(checkCommand, () => import('./check/run.ts')),
  command(chaosCommand, () => import('./chaos/run.ts')),
  command(serveCommand, () => import('./serve/run.ts')),
  command(planCommand, () => import('./plan/run.ts')),
  command(sendCommand, () => import('./send/run.ts')),
  command(statusCommand, () => import('./status/run.ts')),
  completionCommand(console.log),
];

const conventions = `
Results are printed on stdout, progress and logs on stderr. --json prints the
result as JSON; compare, tune and plan write it to a file, --json FILE.
Exit codes: 0 success, 1 failure, 2 usage error.`;

/** Makes the command line. A usage error is thrown as `CommanderError` after its message has been printed. */
export function makeProgram(): Command {
  const program = new Command(programName)
    .description('Run built functions on this machine as Lambda does, measure them, and use deployed ones')
    .version(version)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => {
        write(text.replace(/^error: /, `${programName}: `));
      },
    })
    .showHelpAfterError(`Run '${programName} --help' for the commands.`)
    .addHelpText('after', conventions);
  for (const add of commands) {
    add(program, (code) => {
      process.exitCode = code;
    });
  }
  for (const one of program.commands) {
    one.showHelpAfterError(`Run '${programName} ${one.name()} --help' for its options.`);
  }
  return program;
}
