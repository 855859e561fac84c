import { readBatch } from '@parallel-lambda/batch/technique';
import { expect, it } from 'vitest';

import { cases } from '../src/cases.ts';

/** What Lambda takes: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const longestEvent = 6_291_456;

it.each(cases)('the batch of $name can be read, and Lambda would take it', ({ event }) => {
  const batch = event('http://127.0.0.1:1');
  expect(readBatch(batch).messages.length).toBeGreaterThan(0);
  expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThanOrEqual(longestEvent);
});

it('has a name for each case, and for each competitor in it', () => {
  const names = cases.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, competitors } of cases) {
    expect(new Set(competitors.map((one) => one.name)).size, name).toBe(competitors.length);
  }
});

it.each(cases.filter(({ targets }) => targets.length > 0))(
  'the targets of $name are held against competitors that it has',
  ({ competitors, targets }) => {
    const names = [...competitors.map(({ name }) => name), 'best peer'];
    for (const { competitor, against, above } of targets) {
      for (const one of [competitor, against, above]) if (one !== undefined) expect(names).toContain(one);
    }
  },
);
