import { json, number, text, type CommandDefinition, type OptionsOf } from '@parallel-lambda/command-line';
import { parseService } from '@parallel-lambda/downstream/options';
import { defaultBudget, parseMemorySizes, parsePresent, parseVaried } from '@parallel-lambda/measure/options';

import { maxTimeoutMs, remoteOptions, reportOptions, shared, variableOptions } from '../shared/options.ts';

/** Options that need the function on this machine. */
const localOnly = [
  ...['function', 'assembly', 'parameter', 'layer', 'present', 'downstream'],
  ...['handler', 'runtime', 'vary', 'env', 'envFile'],
] as const;

export const tuneCommand = {
  name: 'tune',
  description: 'Find the best memory, batch size, workers and technique for your messages',
  options: {
    body: text('JSON', 'body of each message', {
      defaultText: '[{"wait":40},{"hash":7}]',
      parse: json,
    }),
    text: shared.text,
    event: text('FILE', 'your own messages: an event, as JSON', { conflicts: ['body', 'text'] }),
    function: text(
      'FUNCTION',
      'folder of your built function, or its name in --assembly; requires messages',
      {
        defaultText: 'the three functions of this repository',
      },
    ),
    assembly: { ...shared.assembly, defaultText: 'none: FUNCTION is a folder' },
    parameter: shared.parameter,
    layer: shared.layer,
    present: text('SETTING', 'setting to compare with, such as memory=512,batch=10', {
      defaultText: 'that of the template',
      parse: parsePresent,
    }),
    downstream: text(
      'SERVICE',
      'service behind the function, as NAME=VALUE,...: latency=MS, capacity=N, queue=N, slowdown=PERCENT, ' +
        'variable=NAME. The variable (DOWNSTREAM_URL) has its URL, and {downstream} in messages becomes the URL',
      { defaultText: 'the services that your messages call', parse: parseService },
    ),
    handler: shared.handler,
    vary: text('NAME=VALUE,...', 'values to try of an environment variable; repeat for several', {
      defaultText: 'WORKERS and THREADS, if FUNCTION uses this library',
      parse: parseVaried,
    }),
    env: variableOptions.env,
    envFile: variableOptions.envFile,
    memory: text('MB,...', 'memory sizes to try, such as 512,1769', {
      defaultText: 'as this machine allows; deployed: up to 3008',
      parse: parseMemorySizes,
    }),
    batchSize: number('N', 'messages per batch to start with', [1, 10_000], 100),
    p99: number('MS', 'maximum time per message', [1, maxTimeoutMs], 'no limit'),
    budget: number('SECONDS', 'time limit', [1, 36_000], defaultBudget),
    runtime: shared.runtime,
    region: shared.region,
    json: text('FILE', 'measurements to write', { default: 'out/tune.json' }),
    resume: { description: 'continue with the measurements in the file of --json' },
    restore: {
      description: 'only restore the configuration that an interrupted tune --remote left changed',
      implies: { remote: true },
    },
    ...remoteOptions(localOnly),
    ...reportOptions('out/tune.html'),
  },
  examples: [
    'tune --function ./dist --event event.json --vary CONCURRENCY=5,20,50',
    'tune --downstream capacity=20,latency=50',
  ],
} as const satisfies CommandDefinition;

export type TuneOptions = OptionsOf<typeof tuneCommand>;
