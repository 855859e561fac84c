import { Option, type Command } from 'commander';

import type { CheckOptions } from './run.ts';
import { sections } from '@parallel-lambda/check';
import { memoryOption, runtimeOption, wholeNumber } from '../shared/options.ts';

/** `lab check <folder>` */
export function addCheck(program: Command): void {
  program
    .command('check')
    .description(
      'Checks any built SQS function: is it bounded, what does it report, leave running, and lose?\n' +
        'Its messages are {"fetch": URL}: it must GET that, and have the message fail unless the status is 2xx.',
    )
    .argument('<folder>', 'what would be deployed, such as dist')
    .option('--handler <file.export>', 'the handler (default: handler.handler or index.handler)')
    .addOption(new Option('--only <sections...>', 'ask only about these').choices(sections))
    .option(
      '--messages <n>',
      'the size of the largest batch, and how many go through the queue in chaos',
      wholeNumber(20, 10_000),
      400,
    )
    .option('--seed <n>', 'decides what befalls messages and environments', wholeNumber(0, 2_147_483_647), 1)
    .option('--timeout <s>', "seconds, the function's", wholeNumber(1, 900), 3)
    .addOption(memoryOption('memory size').default(1_769))
    .addOption(runtimeOption())
    .option('--json', 'the scorecard as JSON')
    .action(async (folder: string, options: CheckOptions) => {
      const { checkFunction } = await import('./run.ts');
      await checkFunction(folder, options);
    });
}
