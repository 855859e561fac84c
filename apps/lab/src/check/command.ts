import { sections } from '@parallel-lambda/check/options';
import { number, text, type CommandDefinition, type OptionsOf } from '@parallel-lambda/command-line';
import { functionLimits } from '@parallel-lambda/local-lambda';

import { shared } from '../shared/options.ts';

export const checkCommand = {
  name: 'check',
  description:
    'Check any built SQS function: is it bounded, what does it report, leave running, and lose?\n' +
    'Its messages are {"fetch": URL}: it must GET that URL and fail the message unless the status is 2xx.',
  argument: { name: 'FOLDER', description: 'folder that would be deployed, such as dist' },
  options: {
    handler: text('FILE.EXPORT', 'handler', { defaultText: 'handler.handler or index.handler' }),
    only: text('SECTIONS', 'run only these checks', { choices: sections, variadic: true }),
    messages: number(
      'N',
      'messages in the largest batch, and in the queue of the chaos check',
      [20, 10_000],
      { default: 400 },
    ),
    seed: number('N', 'seed of the injected faults', [0, 2_147_483_647], { default: 1 }),
    timeout: number('SECONDS', 'timeout of the function', functionLimits.timeoutSeconds, { default: 3 }),
    memory: text('MB', 'memory size of the function', { default: 1_769, parse: shared.memory.parse }),
    runtime: shared.runtime,
    json: { description: 'print the findings as JSON' },
  },
  examples: ['check ./dist'],
} as const satisfies CommandDefinition;

export type CheckOptions = OptionsOf<typeof checkCommand>;
