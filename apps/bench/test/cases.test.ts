import { readBatch } from '@parallel-lambda/batch/technique';
import { maxEventBytes } from '@parallel-lambda/local-lambda';
import { expect, it } from 'vitest';

import { cases } from '../src/cases.ts';
import { trialsOf } from '../src/trials.ts';

it.each(cases)('the batch of $name can be read, and Lambda would accept it', ({ event }) => {
  const batch = event('http://127.0.0.1:1');
  expect(readBatch(batch).messages.length).toBeGreaterThan(0);
  expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThanOrEqual(maxEventBytes);
});

it('each case has its own name, and so has each series', () => {
  const names = cases.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const ids = cases.flatMap((one) => trialsOf(one, '').map(({ series }) => series.id));
  expect(new Set(ids).size).toBe(ids.length);
});
