import type { Command } from 'commander';

import { compare } from './run.ts';
import { reportOptions } from '../shared/report-options.ts';
import { memoryOption, remoteOptions, runtimeOption, wholeNumber } from '../shared/options.ts';

/** `lab compare` */
export function addCompare(program: Command): void {
  const command = program
    .command('compare')
    .description('Compares the techniques, and one message after another, over a few workloads.')
    .option('--runs <n>', 'at least so many samples of each', wholeNumber(1, 100), 4)
    .option('--budget <s>', 'seconds in all; what is unsure is measured again', wholeNumber(1, 3600), 55)
    .addOption(memoryOption())
    .addOption(runtimeOption())
    .option('--region <name>', 'whose prices', 'us-east-1')
    .option('--json <file>', 'where the measurements are kept', 'out/compare.json');
  for (const option of remoteOptions(['memory', 'runtime'])) command.addOption(option);
  for (const option of reportOptions('out/compare.html')) command.addOption(option);
  command.action(compare);
}
