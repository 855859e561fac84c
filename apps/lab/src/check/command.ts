import { sections } from '@parallel-lambda/check';

import type { CommandDefinition, OptionsOf } from '../shared/command.ts';
import { shared, wholeNumber } from '../shared/options.ts';

export const checkCommand = {
  name: 'check',
  description:
    'Check any built SQS function: is it bounded, what does it report, leave running, and lose?\n' +
    'Its messages are {"fetch": URL}: it must GET that URL and fail the message unless the status is 2xx.',
  argument: { name: 'FOLDER', description: 'folder that would be deployed, such as dist' },
  options: {
    handler: {
      metavar: 'FILE.EXPORT',
      description: 'handler',
      defaultText: 'handler.handler or index.handler',
    },
    only: { metavar: 'SECTIONS', description: 'run only these checks', choices: sections, variadic: true },
    messages: {
      metavar: 'N',
      description: 'messages in the largest batch, and in the queue of the chaos check',
      default: 400,
      parse: wholeNumber(20, 10_000),
    },
    seed: {
      metavar: 'N',
      description: 'seed of the injected faults',
      default: 1,
      parse: wholeNumber(0, 2_147_483_647),
    },
    timeout: {
      metavar: 'SECONDS',
      description: 'timeout of the function',
      default: 3,
      parse: wholeNumber(1, 900),
    },
    memory: {
      metavar: 'MB',
      description: 'memory size of the function',
      default: 1_769,
      parse: shared.memory.parse,
    },
    runtime: shared.runtime,
    json: { description: 'print the findings as JSON' },
  },
} as const satisfies CommandDefinition;

export type CheckOptions = OptionsOf<typeof checkCommand>;
