import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { InvalidOptionError } from '../../src/index.ts';
import { readSetting, type Setting } from '../../src/technique/index.ts';

const workers: Setting = {
  name: 'workers',
  option: undefined,
  variable: 'WORKERS',
  fallback: 100,
  max: 10_000,
};

beforeEach(() => {
  vi.stubEnv('WORKERS', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a setting', () => {
  it('is the fallback without option and variable', () => {
    expect(readSetting(workers)).toBe(100);
  });

  it('is the option', () => {
    expect(readSetting({ ...workers, option: 7 })).toBe(7);
  });

  it('is the variable, whatever the option', () => {
    vi.stubEnv('WORKERS', '3');
    expect(readSetting(workers)).toBe(3);
    expect(readSetting({ ...workers, option: 7 })).toBe(3);
  });

  it('ignores an empty variable', () => {
    vi.stubEnv('WORKERS', '');
    expect(readSetting({ ...workers, option: 7 })).toBe(7);
  });

  it.each([1, 10_000])('accepts %d as option and environment variable', (value) => {
    expect(readSetting({ ...workers, option: value })).toBe(value);
    vi.stubEnv('WORKERS', String(value));
    expect(readSetting(workers)).toBe(value);
  });

  it.each([0, -1, 1.5, NaN, Infinity, 10_001, '5' as unknown as number, null as unknown as number])(
    'may not be %o by the code',
    (option) => {
      expect(() => readSetting({ ...workers, option })).toThrow(InvalidOptionError);
      expect(() => readSetting({ ...workers, option })).toThrow(
        /^workers must be a whole number from 1 to 10000/,
      );
    },
  );

  it.each(['0', '-1', '+5', '1.5', '1e3', '0x10', ' 5', 'four', 'NaN', '10001', '99999999999999999999'])(
    'may not be "%s" by the environment',
    (text) => {
      vi.stubEnv('WORKERS', text);
      expect(() => readSetting({ ...workers, option: 7 })).toThrow(InvalidOptionError);
      expect(() => readSetting(workers)).toThrow(
        /^The environment variable WORKERS must be a whole number from 1 to 10000, not /,
      );
    },
  );
});
