import { text, type CommandDefinition, type OptionsOf } from '@parallel-lambda/command-line';

import { reportOptions } from '../shared/options.ts';

export const drawCommand = {
  name: 'draw',
  description: 'Draw the report of stored measurements again',
  options: {
    from: text('FILE', 'measurements that compare or tune has written', { required: true }),
    pictures: text('FOLDER', 'write each picture as an SVG file, too'),
    region: text('NAME', 'AWS region for prices', 'as measured'),
    ...reportOptions('out/report.html'),
  },
  examples: ['draw --from out/compare.json --pictures pictures'],
} as const satisfies CommandDefinition;

export type DrawOptions = OptionsOf<typeof drawCommand>;
