import type { CommandDefinition, OptionsOf } from '../shared/command.ts';
import { shared, wholeNumber } from '../shared/options.ts';

export const chaosCommand = {
  name: 'chaos',
  description: 'Inject faults while messages are processed, and report whether a message was lost',
  argument: {
    name: 'FUNCTIONS',
    description: 'functions to send messages to (default: all functions of the stack)',
    variadic: true,
  },
  options: {
    messages: {
      metavar: 'N',
      description: 'messages to send',
      default: 3_000,
      parse: wholeNumber(1, 10_000_000),
    },
    minutes: {
      metavar: 'N',
      description: 'send for this long instead, as fast as messages are processed',
      conflicts: ['messages'],
      parse: wholeNumber(1, 1_440),
    },
    seed: {
      metavar: 'N',
      description: 'seed of the messages and faults',
      default: 1,
      parse: wholeNumber(0, 2_147_483_647),
    },
    concurrency: {
      metavar: 'N',
      description: 'maximum environments per function',
      default: 3,
      parse: wholeNumber(1, 100),
    },
    timeout: {
      metavar: 'SECONDS',
      description: 'timeout of the functions',
      default: 3,
      parse: wholeNumber(1, 60),
    },
    memory: {
      metavar: 'MB',
      description: 'memory size of the functions',
      default: 1_024,
      parse: shared.memory.parse,
    },
    workers: shared.workers,
    threads: shared.threads,
    runtime: shared.runtime,
    assembly: shared.assembly,
    json: { description: 'print the result as one JSON object' },
  },
} as const satisfies CommandDefinition;

export type ChaosOptions = OptionsOf<typeof chaosCommand>;
