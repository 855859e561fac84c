import { InvalidArgumentError, Option, type Command } from 'commander';

import { reportOptions } from '../shared/report-options.ts';
import { memoryOption, wholeNumber } from '../shared/options.ts';
import type { PlanOptions } from './run.ts';

/** `lab plan` */
export function addPlan(program: Command): void {
  const command = program
    .command('plan')
    .description(
      'Simulates a load on an SQS queue and its function: concurrency, backlog, time, cost, quotas.',
    )
    .option('--rate <n>', 'messages that arrive in a second', decimal(0, 1_000_000))
    .addOption(
      new Option('--profile <file>', 'rates over the day, CSV (HH:MM,RATE) or JSON').conflicts([
        'rate',
        'peak',
      ]),
    )
    .option('--peak <n>', 'messages a second at the peak, which begins half-way', decimal(0, 1_000_000))
    .option('--peak-minutes <n>', 'how long the peak lasts', wholeNumber(1, 10_080), 15)
    .option('--hours <n>', 'how long is looked at', decimal(0.01, 168), 24)
    .option(
      '--from <file>',
      'what batches take, as compare or tune measured it (default: docs/measurements/compare.json)',
    )
    .option('--function <name>', 'the function that was measured', 'worker-threads')
    .option('--workload <name>', 'the workload, where compare measured it (default: both)')
    .option('--batch-ms <ms>', 'what a batch takes, in place of what was measured', decimal(0, 900_000))
    .option('--message-ms <ms>', 'what each message of a batch adds to that', decimal(0, 900_000))
    .option('--init-ms <ms>', 'INIT of a cold start (default: as measured, else 300)', decimal(0, 10_000))
    .option(
      '--batch-size <n>',
      'messages a batch at most (default: as measured, else 100)',
      wholeNumber(1, 10_000),
    )
    .option(
      '--window <s>',
      'how long a batch waits to be full (default: 1, of ten or fewer 0)',
      wholeNumber(0, 300),
    )
    .option('--pollers <n>', 'batches gathered at a time while the queue is short', wholeNumber(1, 5), 5)
    .addOption(memoryOption('memory size (default: as measured, else 1769)'))
    .option('--max-concurrency <n>', "the mapping's (default: grows from 5 to 1,250)", wholeNumber(2, 1_000))
    .option('--account-concurrency <n>', 'what the account has left', wholeNumber(1, 1_000_000), 1_000)
    .option('--failure-rate <share>', 'of messages, each time they are received: 0 to 1', decimal(0, 1), 0)
    .option('--max-receives <n>', 'after so many a message is a dead letter', wholeNumber(1, 1_000), 5)
    .option('--visibility-timeout <s>', "the queue's", wholeNumber(1, 43_200), 180)
    .option('--retention <s>', 'how long the queue keeps a message', wholeNumber(60, 1_209_600), 345_600)
    .addOption(new Option('--architecture <name>').choices(['arm64', 'x86_64']).default('arm64'))
    .option('--region <name>', 'whose prices', 'us-east-1')
    .option('--seed <n>', 'of the sampling', wholeNumber(0, 4_294_967_295), 1)
    .option('--json <file>', 'the plan as JSON, minute by minute');
  for (const option of reportOptions('out/plan.html')) command.addOption(option);
  command.action(async (options: PlanOptions) => {
    const { plan } = await import('./run.ts');
    await plan(options);
  });
}

/** A parser for an option that may have a fraction. */
function decimal(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+(\.\d+)?$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
  };
}
