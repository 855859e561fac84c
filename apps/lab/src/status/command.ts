import { number, type CommandDefinition, type OptionsOf } from '@parallel-lambda/command-line';

import { shared } from '../shared/options.ts';

export const statusCommand = {
  name: 'status',
  description: 'Show queues, dead letters and metrics of the deployed functions',
  options: {
    watch: { description: 'refresh until the queues are drained (default on a terminal)' },
    once: { description: 'show the current state (default elsewhere)', conflicts: ['watch'] },
    minutes: number('N', 'period of the metrics', [1, 1440], 60),
    stack: shared.stack,
    json: { description: 'print JSON: an array of functions; with --watch one line per refresh' },
  },
  examples: ['status --once'],
} as const satisfies CommandDefinition;

export type StatusOptions = OptionsOf<typeof statusCommand>;
