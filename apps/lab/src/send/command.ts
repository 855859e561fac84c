import type { Command } from 'commander';

import { json, stackOption, wholeNumber } from '../shared/options.ts';
import type { SendOptions } from './run.ts';

/** `lab send <function>` */
export function addSend(program: Command): void {
  program
    .command('send')
    .description("Sends messages to a deployed function's source, and says how many were taken.")
    .argument('<function>', 'promises, worker-threads, effect-fibers, or another of the stack')
    .option('--messages <n>', 'send so many', wholeNumber(1, 1_000_000), 100)
    .option('--body <json>', 'the body of each message', json, '{"wait":200}')
    .option(
      '--groups <n>',
      'message groups of a FIFO queue, keys of a stream or topic (default: 10)',
      wholeNumber(1, 10_000),
    )
    .addOption(stackOption())
    .option('--json', 'one object on stdout: how many were sent, and refused')
    .action(async (name: string, options: SendOptions) => {
      const { send } = await import('./run.ts');
      await send(name, options);
    });
}
