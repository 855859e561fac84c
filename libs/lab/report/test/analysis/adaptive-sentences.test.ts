import { expect, it } from 'vitest';

import { adaptiveSentences } from '../../src/analysis/adaptive-sentences.ts';
import { analyseSeries } from '../../src/analysis/analyse-series.ts';
import { pricesOf } from '../../src/index.ts';
import { around, tunedMeasurements, type TunedSetting } from '../tuned-measurements.ts';

function sentencesOf(settings: readonly TunedSetting[]): readonly string[] {
  const measurements = tunedMeasurements(settings);
  return adaptiveSentences(
    measurements.series.map((series) => analyseSeries(measurements, series, pricesOf('us-east-1'))),
  );
}

it('compares adaptive workers with the best fixed number', () => {
  const [sentence, ...others] = sentencesOf([
    { workers: 10, durations: around(1_000) },
    { workers: 100, durations: around(190) },
    { workers: 300, durations: around(400) },
    { workers: 'adaptive', durations: around(200) },
  ]);
  expect(others).toEqual([]);
  expect(sentence).toMatch(
    /^promises: adaptive workers process 5\d\d messages per second, 95 % of the best fixed number, 100 workers\. /,
  );
});

it('ignores other memory sizes, other batches and functions not measured with both', () => {
  expect(
    sentencesOf([
      { workers: 'adaptive', durations: around(200) },
      { workers: 10, memoryMb: 512, durations: around(100) },
      { workers: 10, messages: 10, durations: around(100) },
      { variant: 'worker-threads', workers: 10, durations: around(100) },
      { durations: around(100) },
    ]),
  ).toEqual([]);
});
