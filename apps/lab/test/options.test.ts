import { describe, expect, it } from 'vitest';

import { localFunctionOptions } from '../src/options.ts';

describe('the options of a local function', () => {
  it('override what the template says, workers and threads by environment variables', () => {
    expect(
      localFunctionOptions({ workers: 4, threads: 2, memory: 1769, timeout: 3, runtime: 'aws' }),
    ).toEqual({
      runtime: 'aws',
      overrides: { memoryMb: 1769, timeoutSeconds: 3, environment: { WORKERS: '4', THREADS: '2' } },
    });
  });

  it('set no environment variable where nothing is wanted', () => {
    expect(localFunctionOptions({ runtime: 'own' }).overrides?.environment).toEqual({});
  });
});
