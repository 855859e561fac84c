import { expect, it } from 'vitest';

import { analyseSeries, pricesOf, type Measurements } from '../../src/index.ts';
import { tunedMeasurements } from '../tuned-measurements.ts';

function sharesOf(parts: Partial<Measurements>, cpuTimeMs?: number): readonly (number | undefined)[] {
  const measurements = tunedMeasurements(
    [
      { memoryMb: 1769, durations: [100, 100, 100] },
      { memoryMb: 3538, durations: [100, 100, 100] },
    ],
    parts,
  );
  const samples = measurements.samples.map((sample) => ({
    ...sample,
    ...(cpuTimeMs !== undefined && { cpuTimeMs }),
  }));
  return measurements.series.map(
    (series) => analyseSeries({ ...measurements, samples }, series, pricesOf('us-east-1')).cpuShare,
  );
}

it('the share of CPU is relative to the vCPUs of the memory size', () => {
  expect(sharesOf({}, 90)).toEqual([0.9, 0.45]);
});

it('the share of CPU is missing if it is unknown, or if the function had the whole machine', () => {
  expect(sharesOf({})).toEqual([undefined, undefined]);
  expect(sharesOf({ enforced: { cpu: false, memory: true } }, 90)).toEqual([undefined, undefined]);
});
