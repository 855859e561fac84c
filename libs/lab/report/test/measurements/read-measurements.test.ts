import { LabError } from '@parallel-lambda/local-lambda';
import { describe, expect, it } from 'vitest';

import { format, readMeasurements } from '../../src/index.ts';
import { measurementsOf } from '../measurements-of.ts';

const whole = measurementsOf({ waiting: { promises: [30, 31] } });

describe('measurements that were kept', () => {
  it('are read as they were', () => {
    expect(readMeasurements(JSON.stringify(whole), 'a.json')).toEqual(whole);
  });

  it.each([
    ['no JSON', '{"format":', /^a\.json is not JSON: /],
    ['something else', '{"Records":[]}', 'a.json has no measurements: "format" is missing'],
    ['a list', '[2]', '"format" is missing'],
    [
      'an older format',
      JSON.stringify({ ...whole, format: format - 1 }),
      `a.json has measurements of an older format (${format - 1}; this is ${format}): measure again`,
    ],
    [
      'a newer format',
      JSON.stringify({ ...whole, format: format + 1 }),
      `of a newer format (${format + 1}; this is ${format}): use the version`,
    ],
    [
      'half of it',
      JSON.stringify({ ...whole, samples: undefined }),
      'a.json is incomplete: it has no "samples"',
    ],
    [
      'samples of nothing',
      JSON.stringify({ ...whole, series: [] }),
      'a.json is invalid: it has samples of an unknown "waiting: promises"',
    ],
  ])('are not %s', (_, text, expected) => {
    expect(() => readMeasurements(text, 'a.json')).toThrow(LabError);
    expect(() => readMeasurements(text, 'a.json')).toThrow(expected);
  });
});
