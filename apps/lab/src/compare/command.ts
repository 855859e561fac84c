import { number, text, type CommandDefinition, type OptionsOf } from '@parallel-lambda/command-line';

import { remoteOptions, reportOptions, shared } from '../shared/options.ts';

export const compareCommand = {
  name: 'compare',
  description: 'Compare the techniques and sequential processing over a few workloads',
  options: {
    runs: number('N', 'minimum samples of each technique', [1, 100], 4),
    budget: number('SECONDS', 'time limit; remaining time goes to uncertain results', [1, 3600], 55),
    memory: shared.memory,
    runtime: shared.runtime,
    region: shared.region,
    json: text('FILE', 'measurements to write', { default: 'out/compare.json' }),
    ...remoteOptions(['memory', 'runtime']),
    ...reportOptions('out/compare.html'),
  },
  examples: ['compare --runs 8'],
} as const satisfies CommandDefinition;

export type CompareOptions = OptionsOf<typeof compareCommand>;
