import { expect, it } from 'vitest';

import { firstError } from '../src/first-error.ts';

it.each([
  ['text', 'START\n2026-11-28T00:00:00Z\tid\tERROR\tHTTP 429\n2026\tid\tERROR\tlater\n', 'HTTP 429'],
  ['JSON', '{"level":"INFO","message":"a"}\n{"level":"ERROR","message":"HTTP\\n429"}\n', 'HTTP 429'],
  ['an error as JSON', '{"level":"ERROR","message":{"errorMessage":"no table"}}', 'no table'],
  ['no error', 'START\n{"level":"INFO"}\n{not JSON\nEND\n', undefined],
])('the first error of a log: %s', (_, log, expected) => {
  expect(firstError(log)).toBe(expected);
});

it('is cut after 120 characters', () => {
  expect(firstError(`\tERROR\t${'x'.repeat(200)}`)).toHaveLength(120);
});
