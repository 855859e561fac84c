import { LabError } from '@parallel-lambda/local-lambda';
import { describe, expect, it } from 'vitest';

import { readProfile, rateWithPeak } from '../../src/simulation/arrivals.ts';

describe('a rate with a peak', () => {
  it('is higher from half-way on, while the peak lasts', () => {
    const arrivals = rateWithPeak({ rate: 5, peak: 50, peakSeconds: 10, seconds: 100 });
    expect([0, 49, 50, 59, 60].map(arrivals)).toEqual([5, 5, 50, 50, 5]);
  });

  it('is the same all the time without one', () => {
    expect(rateWithPeak({ rate: 5, peakSeconds: 10, seconds: 100 })(55)).toBe(5);
  });
});

describe('a profile of rates', () => {
  const asCsv = 'at,rate\n08:00,100\n12:30,500.5\n\n# the evening\n20:00,0\n';
  const asJson = JSON.stringify([
    { at: '08:00', rate: 100 },
    { at: '12:30', rate: 500.5 },
    { at: '20:00', rate: 0 },
  ]);

  it.each([
    ['CSV', asCsv],
    ['JSON', asJson],
  ])('is read from %s: each applies until the next, and every day is alike', (_, text) => {
    const arrivals = readProfile(text, 'rates');
    const hours = [0, 8, 12.4, 12.5, 19.9, 20, 23.9, 24 + 9];
    expect(hours.map((hour) => arrivals(hour * 3600))).toEqual([0, 100, 100, 500.5, 500.5, 0, 0, 100]);
  });

  it.each([
    ['', 'rates has no rates.'],
    [
      '08:00,many',
      'rates: "08:00,many" is not a time of the day (HH:MM) and messages per second (0 to 1,000,000).',
    ],
    ['08:00,', 'rates: "08:00," is not a time'],
    ['24:00,1', 'rates: "24:00,1" is not a time'],
    ['08:00,-1', 'is not a time'],
    ['08:00,1\n08:00,2', 'rates: the time of entry 2 is not after the previous time.'],
    ['[{', 'rates is not JSON'],
    ['[{"at":"08:00"}]', 'rates: entry 1 is not a time'],
    ['[null]', 'rates: entry 1 is not a time'],
  ])('is refused: %j', (text, message) => {
    expect(() => readProfile(text, 'rates')).toThrow(LabError);
    expect(() => readProfile(text, 'rates')).toThrow(message);
  });
});
