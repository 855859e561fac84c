import { Option, type Command } from 'commander';

import { invoke } from './run.ts';
import {
  fidelityOptions,
  json,
  memoryOption,
  remoteOptions,
  runtimeOption,
  wholeNumber,
} from '../shared/options.ts';

/** `lab invoke <function>` */
export function addInvoke(program: Command): void {
  const command = program
    .command('invoke')
    .description('Invokes a function: its response on stdout, its log and REPORT line on stderr.')
    .argument(
      '<function>',
      'promises, worker-threads, effect-fibers, another of the stack, or a folder such as ./dist',
    )
    .option('--handler <file.export>', 'of a folder (default: handler.handler or index.handler)')
    .addOption(
      new Option('--event <file>', 'the event, as JSON; - reads stdin').conflicts(['messages', 'body']),
    )
    .option('--messages <n>', 'send so many SQS messages (default: 100)', wholeNumber(1, 10_000))
    .option('--body <json>', 'the body of each message (default: {"wait":200})', json)
    .option('--workers <n>', 'messages in work at one time', wholeNumber(1, 10_000))
    .option('--threads <n>', 'threads of worker-threads', wholeNumber(1, 64))
    .addOption(memoryOption())
    .option('--timeout <s>', 'seconds (default: as in the template)', wholeNumber(1, 900))
    .addOption(runtimeOption())
    .option('--json', 'one object on stdout: response, error, log and report')
    .action(invoke);
  const fidelity = fidelityOptions();
  for (const option of fidelity) command.addOption(option);
  const onlyLocal = fidelity.map((option) => option.attributeName());
  for (const option of remoteOptions([
    'handler',
    'workers',
    'threads',
    'memory',
    'timeout',
    'runtime',
    ...onlyLocal,
  ])) {
    command.addOption(option);
  }
}
