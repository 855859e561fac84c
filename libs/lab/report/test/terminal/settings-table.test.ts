import { expect, it } from 'vitest';

import { analyseSeries, pricesOf, settingsTable } from '../../src/index.ts';
import { around, tunedMeasurements } from '../tuned-measurements.ts';

it('settings fit 80 columns', () => {
  const measurements = tunedMeasurements([
    { variant: 'promises', memoryMb: 1024, messages: 1000, durations: around(4750) },
    { variant: 'worker-threads', memoryMb: 10_240, workers: 300, durations: around(90) },
  ]);
  const all = measurements.series.map((series) => analyseSeries(measurements, series, pricesOf('us-east-1')));
  const lines = settingsTable(all, 80).split('\n');
  expect(lines.length).toBe(3);
  expect(lines[0]).toMatch(/^ +MB +with +batch +duration +\$\/million +messages\/s/);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
});
