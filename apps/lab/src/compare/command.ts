import type { CommandDefinition, OptionsOf } from '../shared/command.ts';
import { remoteOptions, reportOptions, shared, wholeNumber } from '../shared/options.ts';

export const compareCommand = {
  name: 'compare',
  description: 'Compare the techniques and sequential processing over a few workloads',
  options: {
    runs: {
      metavar: 'N',
      description: 'minimum samples of each technique',
      default: 4,
      parse: wholeNumber(1, 100),
    },
    budget: {
      metavar: 'SECONDS',
      description: 'time limit; the rest goes to uncertain results',
      default: 55,
      parse: wholeNumber(1, 3600),
    },
    memory: shared.memory,
    runtime: shared.runtime,
    region: shared.region,
    json: { metavar: 'FILE', description: 'measurements to write', default: 'out/compare.json' },
    ...remoteOptions(['memory', 'runtime']),
    ...reportOptions('out/compare.html'),
  },
} as const satisfies CommandDefinition;

export type CompareOptions = OptionsOf<typeof compareCommand>;
