import { Option, type Command } from 'commander';

import { stackOption, wholeNumber } from '../shared/options.ts';
import type { StatusOptions } from './run.ts';

/** `lab status` */
export function addStatus(program: Command): void {
  program
    .command('status')
    .description('Shows the queues, dead letters and metrics of what is deployed.')
    .option('--watch', 'until the queues are drained (default on a terminal)')
    .addOption(new Option('--once', 'as it stands now (default elsewhere)').conflicts('watch'))
    .option('--minutes <n>', "the window of the functions' metrics", wholeNumber(1, 1440), 60)
    .addOption(stackOption())
    .option('--json', 'JSON on stdout: an array of the functions, with --watch a line at each look')
    .action(async (options: StatusOptions) => {
      const { status } = await import('./run.ts');
      await status(options);
    });
}
