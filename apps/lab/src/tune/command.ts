import { InvalidArgumentError, Option, type Command } from 'commander';

import { reportOptions } from '../shared/report-options.ts';
import { json, remoteOptions, runtimeOption, wholeNumber } from '../shared/options.ts';
import { tune } from './run.ts';
import { defaultBudget } from '@parallel-lambda/measure';

/** `lab tune` */
export function addTune(program: Command): void {
  const command = program
    .command('tune')
    .description(
      'Searches technique, memory, workers, threads and batch size for your messages, and advises.',
    )
    .addOption(
      new Option('--body <json>', 'what each message holds (default: [{"wait":40},{"hash":7}])')
        .argParser(json)
        .conflicts('event'),
    )
    .option('--event <file>', 'real messages: an event, as JSON')
    .option('--function <folder>', 'a built function of your own, in place of the three')
    .option('--handler <name>', 'file and export of your own function', 'index.handler')
    .option(
      '--memory <sizes>',
      'in MB, such as 512,1769 (default: what this machine can; deployed: to 3008)',
      sizes,
    )
    .option('--batch-size <n>', 'messages in a batch, to begin with', wholeNumber(1, 10_000), 100)
    .option('--p99 <ms>', 'the longest that a message may take', wholeNumber(1, 900_000))
    .option('--budget <s>', 'seconds in all', wholeNumber(1, 36_000), defaultBudget)
    .addOption(runtimeOption())
    .option('--region <name>', 'whose prices', 'us-east-1')
    .option('--json <file>', 'where the measurements are kept', 'out/tune.json')
    .option('--resume', 'go on with what that file holds')
    .addOption(
      new Option(
        '--restore',
        'give deployed functions back what a tuning that was killed left changed',
      ).implies({
        remote: true,
      }),
    );
  for (const option of remoteOptions(['function', 'handler', 'runtime'])) command.addOption(option);
  for (const option of reportOptions('out/tune.html')) command.addOption(option);
  command.action(tune);
}

const size = wholeNumber(128, 10_240);

function sizes(text: string): readonly number[] {
  const all = text.split(',');
  if (all.length > 20) throw new InvalidArgumentError('It must be at most 20 sizes.');
  return all.map(size);
}
