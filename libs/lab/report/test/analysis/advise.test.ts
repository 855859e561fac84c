import { describe, expect, it } from 'vitest';

import { paretoFront } from '../../src/analysis/advise.ts';
import {
  advise,
  adviceSentences,
  analyseSeries,
  pricesOf,
  type Measurements,
  type SeriesFigures,
} from '../../src/index.ts';
import { sampleOf } from '../measurements-of.ts';
import { around, tunedMeasurements, type TunedSetting } from '../tuned-measurements.ts';

function figuresOf(measurements: Measurements): readonly SeriesFigures[] {
  return measurements.series.map((series) => analyseSeries(measurements, series, pricesOf('us-east-1')));
}

function advised(settings: readonly TunedSetting[], p99Ms?: number): Record<string, number> {
  const advices = advise(figuresOf(tunedMeasurements(settings)), p99Ms);
  return Object.fromEntries(advices.map(({ goal, figures }) => [goal, figures.series.setting.memoryMb]));
}

/** 512 MB are cheapest, 3538 fastest, and 1769 are nearly as cheap and much faster. */
const settings: readonly TunedSetting[] = [
  { memoryMb: 512, durations: around(3000) },
  { memoryMb: 1769, durations: around(900) },
  { memoryMb: 3538, durations: around(800) },
];

describe('the advice', () => {
  it('is the cheapest, the fastest, and a balance between them', () => {
    expect(advised(settings)).toEqual({ cheapest: 512, fastest: 3538, balanced: 1769 });
  });

  it('is the cheapest of those whose slowest batch is in time', () => {
    expect(advised(settings, 950)).toMatchObject({ 'cheapest in time': 1769 });
    expect(advised(settings, 3100)).toMatchObject({ 'cheapest in time': 512 });
    expect(advised(settings, 700)).not.toHaveProperty('cheapest in time');
  });

  it('counts messages, not batches: a larger batch may take longer and be faster', () => {
    const [fastest] = advise(
      figuresOf(
        tunedMeasurements([
          { messages: 10, durations: around(50) },
          { messages: 1000, durations: around(100) },
        ]),
      ),
    ).filter(({ goal }) => goal === 'fastest');
    expect(fastest?.figures.series.messages).toBe(1000);
  });

  it('names what the samples do not show to be worse', () => {
    const [cheapest] = advise(
      figuresOf(tunedMeasurements([{ durations: around(100) }, { durations: around(100.5) }])),
    );
    expect(cheapest?.alike.map(({ series }) => series.id)).toEqual(['setting 1']);
  });

  it('is never a setting that failed, however fast it did', () => {
    const measurements = tunedMeasurements([{ durations: [] }, { durations: around(900) }]);
    const [failing] = measurements.series;
    const samples = failing
      ? [...measurements.samples, sampleOf(failing, 1, { failed: 100 }), sampleOf(failing, 1)]
      : [];
    const ids = advise(figuresOf({ ...measurements, samples })).map(({ figures }) => figures.series.id);
    expect(new Set(ids)).toEqual(new Set(['setting 1']));
  });

  it('is never a setting in which some messages failed', () => {
    const measurements = tunedMeasurements([{ durations: [] }, { durations: around(900) }]);
    const [failing] = measurements.series;
    const samples = failing ? [...measurements.samples, sampleOf(failing, 1, { failed: 1 })] : [];
    const ids = advise(figuresOf({ ...measurements, samples })).map(({ figures }) => figures.series.id);
    expect(new Set(ids)).toEqual(new Set(['setting 1']));
  });

  it('is empty without settings', () => {
    expect(advised([])).toEqual({});
  });
});

describe('the advice in words', () => {
  it('has the setting, cost and duration of each', () => {
    const measurements = tunedMeasurements(settings, { p99Ms: 950 });
    expect(adviceSentences(measurements, figuresOf(measurements))).toMatchInlineSnapshot(`
      [
        "Cheapest: promises, 512 MB, batches of 100: $0.202 per million messages, 33.3 messages per second, 3.00 s per batch (slowest of 6: 3.03 s).",
        "Fastest: promises, 3538 MB, batches of 100: $0.371 per million messages, 125 messages per second, 800 ms per batch (slowest of 6: 808 ms).",
        "Balanced and cheapest in time: promises, 1769 MB, batches of 100: $0.209 per million messages, 111 messages per second, 900 ms per batch (slowest of 6: 909 ms).",
      ]
    `);
  });

  it('states by how much the fastest setting misses the limit', () => {
    const measurements = tunedMeasurements(settings, { p99Ms: 500 });
    expect(adviceSentences(measurements, figuresOf(measurements)).at(-1)).toBe(
      'Cheapest in time: no setting finished every batch within 500 ms; the best took 808 ms. Try smaller batches.',
    );
  });

  it('states that it cannot recommend a setting', () => {
    const measurements = tunedMeasurements([{ durations: [] }]);
    expect(adviceSentences(measurements, figuresOf(measurements))).toEqual([
      'No advice: no setting succeeded.',
    ]);
  });

  it('is missing with a reason if everything failed', () => {
    const measured = tunedMeasurements([{ memoryMb: 512, durations: [] }]);
    const [series] = measured.series;
    const samplesWith = (parts: object) =>
      series ? [sampleOf(series, 5, { failed: series.messages, ...parts })] : [];
    const saidOf = (parts: object) => {
      const measurements = { ...measured, samples: samplesWith(parts) };
      return adviceSentences(measurements, figuresOf(measurements))[0];
    };
    expect(saidOf({})).toContain('no setting succeeded (every message failed)');
    expect(saidOf({ error: 'Error: no table' })).toContain('no setting succeeded (Error: no table)');
  });
});

it('the front omits settings that are both more expensive and slower', () => {
  const dearer = { memoryMb: 3000, durations: around(950) };
  const front = paretoFront(figuresOf(tunedMeasurements([dearer, ...settings])));
  expect(front.map(({ series }) => series.setting.memoryMb)).toEqual([512, 1769, 3538]);
});
