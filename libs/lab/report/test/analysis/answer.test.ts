import { describe, expect, it } from 'vitest';

import { comparisonAnswer, tuningAnswer, type Answer } from '../../src/analysis/answer.ts';
import { analyseSeries, analyseWorkloads, pricesOf, type Measurements } from '../../src/index.ts';
import { measurementsOf } from '../measurements-of.ts';
import { around, tunedMeasurements, type TunedSetting } from '../tuned-measurements.ts';

const prices = pricesOf('us-east-1');

function answerOf(settings: readonly TunedSetting[], parts: Partial<Measurements> = {}): Answer {
  const measurements = tunedMeasurements(settings, parts);
  return tuningAnswer(
    measurements,
    measurements.series.map((series) => analyseSeries(measurements, series, prices)),
  );
}

const now = { present: ['setting 0'] };

describe('the answer of a tuning', () => {
  it('is a setting, and by how much it is cheaper and faster than now', () => {
    const { sentence, certainty } = answerOf(
      [
        { memoryMb: 3538, durations: around(1000) },
        { messages: 50, workers: 20, durations: around(250) },
      ],
      now,
    );
    expect(sentence).toBe(
      'For these messages: 1,769 MB, 20 workers, batches of 50; 74% cheaper and 2.0 times faster than now.',
    );
    expect(certainty).toMatch(
      /^Confidence: at least 7\d% cheaper and at least 2\.0 times faster, with 95% confidence \(6 and 6 samples\)\.$/,
    );
  });

  it('leaves out what differs by less than 5%', () => {
    const { sentence } = answerOf(
      [{ memoryMb: 512, durations: around(3000) }, { durations: around(900) }],
      now,
    );
    expect(sentence).toBe('For these messages: 1,769 MB, batches of 100; 3.3 times faster than now.');
  });

  it('is the current setting, if none is better beyond the noise', () => {
    const { sentence, certainty } = answerOf(
      [{ durations: around(100) }, { workers: 10, durations: around(99.9) }],
      now,
    );
    expect(sentence).toBe(
      'For these messages: keep the current setting, 1,769 MB, batches of 100. No other setting has a better balance of cost and speed.',
    );
    expect(certainty).toContain('differences are within the noise of 6 and 6 samples');
  });

  it('is the current setting, if the best balance is only dearer', () => {
    const { sentence, certainty, advice } = answerOf(
      [
        { memoryMb: 512, durations: around(1000) },
        { memoryMb: 600, durations: around(960) },
        { memoryMb: 10_240, durations: around(950) },
      ],
      now,
    );
    expect(sentence).toMatch(/^For these messages: keep the current setting, 512 MB, /);
    expect(certainty).toMatch(
      /^Confidence: the best other setting is at least \d+% more expensive, with 95% confidence/,
    );
    expect(advice?.figures.series.setting.memoryMb).toBe(512);
  });

  it('advises the properties of the current setting, if it is to be kept', () => {
    const { advice } = answerOf([{ durations: around(100) }, { workers: 10, durations: around(99.9) }], now);
    expect(advice?.figures.series.setting.workers).toBeUndefined();
  });

  it('does not say that the current setting is as good, if the samples do not show it', () => {
    const { sentence, certainty } = answerOf(
      [{ durations: [100, 180] }, { workers: 10, durations: [90, 95] }],
      now,
    );
    expect(sentence).toMatch(
      /^For these messages: 1,769 MB, 10 workers, batches of 100; \$0\.\d+ per million/,
    );
    expect(certainty).toContain(
      'the samples do not show whether it is better than now. Use a longer --budget.',
    );
  });

  it('has figures, if the current setting is not known', () => {
    expect(answerOf([{ durations: around(500) }]).sentence).toMatch(
      /^For these messages: 1,769 MB, batches of 100; \$0\.\d+ per million messages, 200 messages per second\.$/,
    );
  });

  it('is the cheapest setting within the limit, if one exists', () => {
    const settings = [
      { memoryMb: 512, durations: around(1500) },
      { memoryMb: 3538, durations: around(800) },
    ];
    expect(answerOf(settings, { p99Ms: 900 }).sentence).toContain('3,538 MB');
    expect(answerOf(settings, { p99Ms: 5000 }).sentence).toContain('512 MB');
  });

  it('names the service behind the function', () => {
    const workloads = [{ name: 'your messages', downstream: '50 ms, 20 at a time, others queue' }];
    expect(answerOf([{ durations: around(500) }], { workloads }).sentence).toMatch(
      /^For these messages and this service \(50 ms, 20 at a time, others queue\): /,
    );
  });

  it('is that no setting exists, if none succeeded', () => {
    expect(answerOf([{ durations: [] }])).toEqual({
      sentence: 'No advice: no setting succeeded.',
      certainty: '',
    });
  });

  it('is less sure on a busy machine', () => {
    const noise = { calibrationsMs: [1, 1, 1, 2, 2, 2], loadAverage: 4 };
    expect(answerOf([{ durations: around(500) }], { noise }).certainty).toContain(
      'The machine was busy, so run it again before you rely on the result.',
    );
  });
});

describe('the answer of a comparison', () => {
  it('names the fastest techniques for which workloads', () => {
    const measurements = measurementsOf({
      waiting: { promises: around(100), 'worker-threads': around(100.1) },
      computing: { promises: around(400), 'worker-threads': around(200) },
      both: { promises: around(300), 'worker-threads': around(200) },
    });
    const { sentence } = comparisonAnswer(measurements, analyseWorkloads(measurements, prices));
    expect(sentence).toBe(
      'No technique is measurably faster for waiting. worker-threads is fastest for computing and both.',
    );
  });

  it('is that no setting exists, if none was measured', () => {
    const measurements = measurementsOf({ waiting: { promises: [] } });
    expect(comparisonAnswer(measurements, analyseWorkloads(measurements, prices)).sentence).toBe(
      'No technique was measured.',
    );
  });
});
