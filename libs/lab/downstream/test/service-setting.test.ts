import { expect, it } from 'vitest';

import { modelOf, serviceText } from '../src/index.ts';
import { parseService } from '../src/options.ts';

it('a service of the command line has defaults for what is not given', () => {
  expect(parseService('capacity=20')).toEqual({ latency: 50, capacity: 20, variable: 'DOWNSTREAM_URL' });
  expect(parseService('latency=10,variable=API_URL')).toEqual({ latency: 10, variable: 'API_URL' });
});

it.each([
  ['capacity', /"capacity" is not NAME=VALUE with one of the names latency, capacity, queue, slowdown/],
  ['rate=3', /"rate=3" is not NAME=VALUE/],
  ['capacity=0', /capacity is "0": it must be a whole number from 1 to 10000/],
  ['latency=1.5', /latency is "1\.5": it must be a whole number/],
  ['variable=1A', /is not NAME=VALUE/],
  ['queue=0', /queue needs a capacity/],
])('%s is refused', (text, expected) => {
  expect(() => parseService(text)).toThrow(expected);
});

it('its model has the latency, the capacity and the queue', () => {
  const setting = parseService('latency=20,capacity=30,queue=0,slowdown=10');
  const { latencyMs, capacity, maxQueue } = modelOf(setting);
  expect([latencyMs(1, 0), latencyMs(11, 0), capacity?.(0), maxQueue]).toEqual([20, 40, 30, 0]);
  expect(serviceText(setting)).toBe(
    '20 ms, 10% slower with each further request, 30 at a time, 0 queue, others are rejected with 429',
  );
});
