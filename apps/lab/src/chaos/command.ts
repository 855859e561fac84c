import { Option, type Command } from 'commander';

import { assemblyOption, memoryOption, runtimeOption, wholeNumber } from '../shared/options.ts';
import type { ChaosOptions } from './run.ts';

/** `lab chaos` */
export function addChaos(program: Command): void {
  program
    .command('chaos')
    .description('Kills and stops environments while messages are worked on, and tells whether one was lost.')
    .argument('[functions...]', 'which get messages, in turn (default: every function of the stack)')
    .option('--messages <n>', 'send so many', wholeNumber(1, 10_000_000), 3_000)
    .addOption(
      new Option('--minutes <n>', 'send for so long instead, as many as are worked on')
        .argParser(wholeNumber(1, 1_440))
        .conflicts('messages'),
    )
    .option(
      '--seed <n>',
      'decides the messages and what befalls environments',
      wholeNumber(0, 2_147_483_647),
      1,
    )
    .option('--concurrency <n>', 'environments of each function', wholeNumber(1, 100), 3)
    .option('--timeout <s>', "seconds, the functions'", wholeNumber(1, 60), 3)
    .addOption(memoryOption('memory size').default(1_024))
    .option('--workers <n>', 'messages in work at one time', wholeNumber(1, 10_000))
    .option('--threads <n>', 'threads of worker-threads', wholeNumber(1, 64))
    .addOption(runtimeOption())
    .addOption(assemblyOption())
    .option('--json', 'one object on stdout: what became of the messages')
    .action(async (functions: readonly string[], options: ChaosOptions) => {
      const { chaos } = await import('./run.ts');
      await chaos(functions, options);
    });
}
