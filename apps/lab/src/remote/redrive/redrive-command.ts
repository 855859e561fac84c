import type { Command } from 'commander';

import { stackOption, wholeNumber } from '../../options.ts';
import type { RedriveOptions } from './redrive.ts';

/** `lab redrive <function>` */
export function addRedrive(program: Command): void {
  program
    .command('redrive')
    .description("Moves a deployed function's dead letters back into its queue, and says how many.")
    .argument('<function>', 'promises, worker-threads, effect-fibers, or another of the stack')
    .option('--rate <n>', 'messages a second (default: as many as SQS can)', wholeNumber(1, 500))
    .addOption(stackOption())
    .option('--json', 'one object on stdout: how many were moved')
    .action(async (name: string, options: RedriveOptions) => {
      const { redrive } = await import('./redrive.ts');
      await redrive(name, options);
    });
}
