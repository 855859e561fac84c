import type { Command } from 'commander';

import { compare } from './compare.ts';
import { memoryOption, runtimeOption, wholeNumber } from './options.ts';

/** `lab compare` */
export function addCompare(program: Command): void {
  program
    .command('compare')
    .description('Compares the techniques, and one message after another, over a few workloads.')
    .option('--runs <n>', 'measure each so many times', wholeNumber(1, 100), 3)
    .addOption(memoryOption())
    .addOption(runtimeOption())
    .option('--json <file>', 'keep the measurements in a file')
    .action(compare);
}
