import type { Command } from 'commander';

import {
  assemblyOption,
  limitsOptions,
  memoryOption,
  runtimeOption,
  wholeNumber,
} from '../shared/options.ts';
import type { ServeOptions } from './run.ts';

/** The port where nothing else is said: the one that tools for AWS on this machine expect. */
const defaultPort = 4566;

/** `lab serve` */
export function addServe(program: Command): void {
  const command = program
    .command('serve')
    .description('Serves the whole stack on this machine: functions, queues, mappings, behind one endpoint.')
    .option('--port <n>', 'the endpoint; 0 for a free one', wholeNumber(0, 65_535), defaultPort)
    .addOption(assemblyOption())
    .option('--concurrency <n>', 'environments of each function at most', wholeNumber(1, 1_000), 10)
    .option(
      '--per-environment <n>',
      'invocations at a time in one environment, as on Managed Instances: needs --runtime aws (default: one)',
      wholeNumber(1, 1_600),
    )
    .option('--workers <n>', 'messages in work at one time', wholeNumber(1, 10_000))
    .option('--threads <n>', 'threads of worker-threads', wholeNumber(1, 64))
    .addOption(memoryOption())
    .option('--timeout <s>', "the functions' (default: as in the template)", wholeNumber(1, 900))
    .option('--visibility-timeout <s>', "the queues' (default: as in the template)", wholeNumber(1, 43_200))
    .option('--batch-size <n>', 'messages a batch (default: as in the template)', wholeNumber(1, 10_000))
    .option(
      '--window <s>',
      'how long a batch waits to be full (default: as in the template)',
      wholeNumber(0, 300),
    )
    .addOption(runtimeOption())
    .option('--json', 'lines of JSON on stdout: what is where, then each invocation that ended')
    .action(async (options: ServeOptions) => {
      const { serve } = await import('./run.ts');
      await serve(options);
    });
  for (const option of limitsOptions()) command.addOption(option);
}
