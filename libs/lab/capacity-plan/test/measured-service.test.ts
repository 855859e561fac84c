import { readFileSync } from 'node:fs';

import { LabError } from '@parallel-lambda/local-lambda';
import { pricesOf, type Measurements } from '@parallel-lambda/report';
import { describe, expect, it } from 'vitest';

import { measuredService, type MeasuredService } from '../src/measured-service.ts';

// The measurements of this repository: `plan` uses them by default.
const file = new URL('../../../../docs/measurements/compare.json', import.meta.url);
const measurements = JSON.parse(readFileSync(file, 'utf8')) as Measurements;

function find(
  from: Measurements,
  choice: { readonly function: string; readonly workload?: string },
  memoryMb?: number,
): MeasuredService {
  return measuredService(
    { measurements: from, file: 'compare.json', ...choice },
    memoryMb,
    pricesOf('us-east-1'),
  );
}

describe('the measured service time', () => {
  it('is the batch of the function and the workload, with its INIT', () => {
    const service = find(measurements, { function: 'promises', workload: 'waiting' });
    expect(service.points).toHaveLength(1);
    expect(service.points[0]?.messages).toBe(100);
    expect(service.points[0]?.ms).toBeGreaterThan(25);
    expect(service.initMs).toBeGreaterThan(0);
    expect(service).toMatchObject({ memoryMb: 3008, workload: 'waiting', name: 'promises, 3008 MB' });
  });

  it('is of all batch sizes of one setting', () => {
    const [series] = measurements.series.filter(
      ({ workload, variant }) => workload === 'both' && variant === 'promises',
    );
    if (!series) throw new Error('The measurements have no such series');
    const larger = { ...series, id: 'larger', messages: 80 };
    const samples = measurements.samples
      .filter((sample) => sample.series === series.id)
      .map((sample) => ({ ...sample, series: 'larger', durationMs: sample.durationMs * 1.5 }));
    const both = {
      ...measurements,
      series: [...measurements.series, larger],
      samples: [...measurements.samples, ...samples],
    };
    const { points } = find(both, { function: 'promises', workload: 'both' });
    expect(points.map(({ messages }) => messages)).toEqual([40, 80]);
    expect((points[1]?.ms ?? 0) / (points[0]?.ms ?? 1)).toBeCloseTo(1.5, 6);
  });

  it.each([
    [
      { function: 'threads' },
      undefined,
      /^compare.json has no measurements of threads, "both". It has the functions .*worker-threads/,
    ],
    [
      { function: 'promises', workload: 'none' },
      undefined,
      /of promises, "none"\. .* the workloads waiting,/,
    ],
    [{ function: 'promises' }, 128, /of promises, "both", 128 MB\. .* and 3008 MB\.$/],
  ])('is missing: %j with %s MB', (choice, memoryMb, message) => {
    expect(() => find(measurements, choice, memoryMb)).toThrow(LabError);
    expect(() => find(measurements, choice, memoryMb)).toThrow(message);
  });
});
