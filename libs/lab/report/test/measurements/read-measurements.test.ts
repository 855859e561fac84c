import { describe, expect, it } from 'vitest';

import { LabError } from '@parallel-lambda/local-lambda';
import { readMeasurements } from '../../src/index.ts';
import { measurementsOf } from '../measurements-of.ts';

const whole = measurementsOf({ waiting: { promises: [30, 31] } });

describe('measurements that were kept', () => {
  it('are read as they were', () => {
    expect(readMeasurements(JSON.stringify(whole), 'a.json')).toEqual(whole);
  });

  it.each([
    ['no JSON', '{"format":', /^a\.json is no JSON: /],
    ['something else', '{"Records":[]}', 'a.json holds no measurements: it has no "format"'],
    ['a list', '[2]', 'it has no "format"'],
    [
      'an older format',
      JSON.stringify({ ...whole, format: 2 }),
      'a.json has measurements of an older format (2; this is 3): measure again',
    ],
    [
      'a newer format',
      JSON.stringify({ ...whole, format: 4 }),
      'of a newer format (4; this is 3): take the version',
    ],
    [
      'half of it',
      JSON.stringify({ ...whole, samples: undefined }),
      'a.json is not whole: it has no "samples"',
    ],
    [
      'samples of nothing',
      JSON.stringify({ ...whole, series: [] }),
      'a.json is not whole: it has samples of an unknown "waiting: promises"',
    ],
  ])('are not %s', (_, text, expected) => {
    expect(() => readMeasurements(text, 'a.json')).toThrow(LabError);
    expect(() => readMeasurements(text, 'a.json')).toThrow(expected);
  });
});
