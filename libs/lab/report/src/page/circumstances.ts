import { mbPerVcpu } from '@parallel-lambda/local-lambda';

import type { Measurements } from '../measurements/measurements.ts';
import type { PriceList } from '../prices-of.ts';

/** Conditions of a run: a name and a text each. */
export function circumstances(
  measurements: Measurements,
  prices: PriceList,
): readonly (readonly [name: string, text: string])[] {
  const { takenAt, node, machine, runtime, architecture, region, series } = measurements;
  const sizes = [...new Set(series.map(({ setting }) => setting.memoryMb))].sort((a, b) => a - b);
  return [
    ['Measured', `${takenAt.slice(0, 16).replace('T', ' ')} UTC, Node.js ${node}`],
    [
      'Where',
      machine
        ? `${machine.platform}, ${machine.cpus} CPUs (${machine.cpu || 'unknown model'})` +
          (machine.memoryMb === undefined ? '' : `, ${Math.round(machine.memoryMb / 1024)} GB of memory`)
        : `deployed functions, in ${region}`,
    ],
    ['Runtime client', { own: 'the lab’s', aws: 'AWS’s', deployed: 'Lambda’s' }[runtime]],
    ['Memory sizes', `${sizes.join(', ')} MB`],
    ['CPU share', enforcement(measurements)],
    ['Prices', `${region}, ${architecture}, as of ${prices.asOf}: ${prices.source}`],
    ['Statistics', 'medians with 95% confidence intervals (percentile bootstrap, 1,000 resamples, seeded)'],
  ];
}

function enforcement({ machine, enforced }: Measurements): string {
  if (!machine) return 'that of Lambda';
  if (enforced.cpu)
    return `limited to memory ÷ ${mbPerVcpu.toLocaleString('en')} MB${enforced.memory ? '; memory limited too' : ''}`;
  return 'not limited: every function had all CPUs, whatever its memory size';
}
