import { readFileSync } from 'node:fs';

import type { Measurements } from '@parallel-lambda/report';
import { describe, expect, it } from 'vitest';

import { measuredService } from '../src/measured-service.ts';
import { LabError } from '@parallel-lambda/local-lambda';

// What compare keeps in the repository: the plan begins with it where nothing else is said.
const file = new URL('../../../../docs/measurements/compare.json', import.meta.url);
const measurements = JSON.parse(readFileSync(file, 'utf8')) as Measurements;

describe('what was measured', () => {
  it('is the batch of the function and the workload, with its INIT', () => {
    const service = measuredService(
      measurements,
      { function: 'promises', workload: 'waiting' },
      'compare.json',
    );
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
    const { points } = measuredService(both, { function: 'promises', workload: 'both' }, 'compare.json');
    expect(points.map(({ messages }) => messages)).toEqual([40, 80]);
    expect((points[1]?.ms ?? 0) / (points[0]?.ms ?? 1)).toBeCloseTo(1.5, 6);
  });

  it.each([
    [{ function: 'threads' }, /^x has no measurements of threads, only of the functions .*worker-threads/],
    [{ function: 'promises', workload: 'none' }, /of promises, "none", only .* the workloads waiting,/],
    [{ function: 'promises', memoryMb: 128 }, /of promises, 128 MB, only .* and 3008 MB$/],
  ])('is missing: %j', (choice, message) => {
    expect(() => measuredService(measurements, choice, 'x')).toThrow(LabError);
    expect(() => measuredService(measurements, choice, 'x')).toThrow(message);
  });
});
