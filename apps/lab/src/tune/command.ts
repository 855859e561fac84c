import { defaultBudget } from '@parallel-lambda/measure';
import { InvalidArgumentError } from 'commander';

import type { CommandDefinition, OptionsOf } from '../shared/command.ts';
import { json, remoteOptions, reportOptions, shared, wholeNumber } from '../shared/options.ts';

export const tuneCommand = {
  name: 'tune',
  description: 'Find the best technique, memory, workers, threads and batch size for your messages',
  options: {
    body: {
      metavar: 'JSON',
      description: 'body of each message',
      defaultText: '[{"wait":40},{"hash":7}]',
      parse: json,
    },
    event: { metavar: 'FILE', description: 'your own messages: an event, as JSON', conflicts: ['body'] },
    function: {
      metavar: 'FOLDER',
      description: 'your own built function; needs --event or --body',
      defaultText: 'the three functions of this repository',
    },
    handler: {
      metavar: 'FILE.EXPORT',
      description: 'handler of your own function',
      default: 'index.handler',
    },
    memory: {
      metavar: 'MB,...',
      description: 'memory sizes to try, such as 512,1769',
      defaultText: 'as this machine allows; deployed: up to 3008',
      parse: memorySizes,
    },
    batchSize: {
      metavar: 'N',
      description: 'messages per batch to start with',
      default: 100,
      parse: wholeNumber(1, 10_000),
    },
    p99: {
      metavar: 'MS',
      description: 'maximum time per message',
      defaultText: 'no limit',
      parse: wholeNumber(1, 900_000),
    },
    budget: {
      metavar: 'SECONDS',
      description: 'time limit',
      default: defaultBudget,
      parse: wholeNumber(1, 36_000),
    },
    runtime: shared.runtime,
    region: shared.region,
    json: { metavar: 'FILE', description: 'measurements to write', default: 'out/tune.json' },
    resume: { description: 'continue with the measurements in that file' },
    restore: {
      description: 'only restore the configuration that an interrupted tune --remote left changed',
      implies: { remote: true },
    },
    ...remoteOptions(['function', 'handler', 'runtime']),
    ...reportOptions('out/tune.html'),
  },
} as const satisfies CommandDefinition;

export type TuneOptions = OptionsOf<typeof tuneCommand>;

function memorySizes(text: string): readonly number[] {
  const sizes = text.split(',');
  if (sizes.length > 20) throw new InvalidArgumentError('It must be at most 20 sizes.');
  return sizes.map(shared.memory.parse);
}
