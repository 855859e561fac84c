import { number, text, type CommandDefinition, type OptionsOf } from '@parallel-lambda/command-line';

import { shared } from '../shared/options.ts';

export const chaosCommand = {
  name: 'chaos',
  description: 'Inject faults while messages are processed, and report whether a message was lost',
  argument: {
    name: 'FUNCTIONS',
    description: 'functions to send messages to (default: all functions of the stack)',
    variadic: true,
  },
  options: {
    messages: number('N', 'messages to send', [1, 10_000_000], 3_000),
    minutes: number('N', 'send for this long instead, as fast as messages are processed', [1, 1_440], {
      conflicts: ['messages'],
    }),
    seed: number('N', 'seed of the messages and faults', [0, 2_147_483_647], 1),
    concurrency: number('N', 'maximum environments per function', [1, 100], 3),
    timeout: number('SECONDS', 'timeout of the functions', [1, 60], 3),
    memory: text('MB', 'memory size of the functions', { default: 1_024, parse: shared.memory.parse }),
    workers: shared.workers,
    threads: shared.threads,
    runtime: shared.runtime,
    assembly: shared.assembly,
    layer: shared.layer,
    json: { description: 'print the result as one JSON object' },
  },
  examples: ['chaos promises --messages 10000 --seed 7'],
} as const satisfies CommandDefinition;

export type ChaosOptions = OptionsOf<typeof chaosCommand>;
