import { stripVTControlCharacters } from 'node:util';

import { afterEach, expect, it, vi } from 'vitest';

import { scorecard } from '../../src/report/scorecard.ts';

const check = { section: 'batch', means: 'Messages are lost.' } as const;
const results = [
  { ...check, name: 'processes the next batch correctly while earlier work fails', passed: true, seen: 'ok' },
  { ...check, name: 'reports failed messages', passed: false, seen: `read ${'/a/long/path'.repeat(9)}` },
  { ...check, name: 'loses no message', passed: null, seen: 'unknown: the invocation ended with timeout' },
];

it('fits the terminal, counts the results, and explains the failures', () => {
  const lines = stripVTControlCharacters(scorecard(results, 80)).split('\n');
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines.slice(-3)).toEqual([
    '1 of 3 passed; ? 1 undecided',
    '✗ reports failed messages:',
    '  Messages are lost.',
  ]);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

it('has no escape sequences where stdout is no terminal', () => {
  // Nx asks for colours, also in a pipe.
  vi.stubEnv('FORCE_COLOR', undefined);
  expect(scorecard(results, 80)).toBe(stripVTControlCharacters(scorecard(results, 80)));
});
