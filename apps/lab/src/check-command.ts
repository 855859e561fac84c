import type { Command } from 'commander';

import { checkFunction } from './check/check-function.ts';
import { memoryOption, runtimeOption, wholeNumber } from './options.ts';

/** `lab check <folder>` */
export function addCheck(program: Command): void {
  program
    .command('check')
    .description(
      'Checks any built SQS function: is it bounded, what does it report, what runs on, what of a hang?\n' +
        'Its messages are {"fetch": URL}: it must GET that, and have the message fail unless the status is 2xx.',
    )
    .argument('<folder>', 'what would be deployed, such as dist')
    .option('--handler <file.export>', 'the handler (default: handler.handler or index.handler)')
    .option('--messages <n>', 'the size of the largest batch', wholeNumber(20, 10_000), 400)
    .option('--timeout <s>', "the function's timeout in seconds", wholeNumber(1, 900), 3)
    .addOption(memoryOption())
    .addOption(runtimeOption())
    .option('--json', 'the scorecard as JSON')
    .action(checkFunction);
}
