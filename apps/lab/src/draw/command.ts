import type { Command } from 'commander';

import { draw } from './run.ts';
import { reportOptions } from '../shared/report-options.ts';

/** `lab draw` */
export function addDraw(program: Command): void {
  const command = program
    .command('draw')
    .description('Draws the report of measurements that were kept, again.')
    .requiredOption('--from <file>', 'the measurements, as compare and tune keep them')
    .option('--pictures <folder>', 'each picture as an SVG file, too')
    .option('--region <name>', 'whose prices (default: as they were measured)');
  for (const option of reportOptions('out/report.html')) command.addOption(option);
  command.action(draw);
}
