import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { adaptive, InvalidOptionError } from '../../src/index.ts';
import { readWorkers } from '../../src/technique/index.ts';

beforeEach(() => {
  vi.stubEnv('WORKERS', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

it('is the number, 100 by default', () => {
  expect(readWorkers(7)).toBe(7);
  expect(readWorkers(undefined)).toBe(100);
});

it('is the adaptive limit, unless the variable has a number', () => {
  const workers = adaptive({ max: 9 });
  expect(readWorkers(workers)).toBe(workers);
  vi.stubEnv('WORKERS', 'adaptive');
  expect(readWorkers(workers)).toBe(workers);
  vi.stubEnv('WORKERS', '5');
  expect(readWorkers(workers)).toBe(5);
});

it.each([[null], [{}], [{ min: 1, max: 5 }], [[3]], ['adaptive'], [adaptive], [() => 5]])(
  'refuses %o immediately',
  (workers) => {
    const read = () => readWorkers(workers as unknown as number);
    expect(read).toThrow(InvalidOptionError);
    expect(read).toThrow('workers, without adaptive(), must be a whole number from 1 to 10000, not ');
  },
);
