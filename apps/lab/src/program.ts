import { Command } from 'commander';

import { addChaos } from './chaos/chaos-command.ts';
import { addCheck } from './check-command.ts';
import { addCompare } from './compare-command.ts';
import { addDraw } from './draw-command.ts';
import { addInvoke } from './invoke-command.ts';
import { addPlan } from './plan/plan-command.ts';
import { addRedrive } from './remote/redrive/redrive-command.ts';
import { addSend } from './remote/send/send-command.ts';
import { addStatus } from './remote/status/status-command.ts';
import { addServe } from './serve/serve-command.ts';
import { addTune } from './tune-command.ts';

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
  addRedrive,
];

/** The command line as data. Wrong options are thrown as `CommanderError`, after commander has said what is wrong. */
export function makeProgram(): Command {
  const program = new Command('lab')
    .description(
      'Runs the built functions on this machine, as Lambda does, and works with those that are deployed.',
    )
    .exitOverride()
    .showHelpAfterError('(lab --help tells more)');
  for (const add of commands) add(program);
  return program;
}
