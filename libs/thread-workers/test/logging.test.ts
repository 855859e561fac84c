import { afterEach, describe, expect, it, vi } from 'vitest';

import { make, run } from './set-up.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('what is logged in a thread', () => {
  it('goes to the console of the main thread as text, before the technique settles', async () => {
    const log = vi.spyOn(console, 'log').mockReturnValue();
    const error = vi.spyOn(console, 'error').mockReturnValue();
    await run(make(1), ['log']);
    expect(log.mock.calls).toEqual([['m0 of r1']]);
    expect(error.mock.calls).toEqual([["Map(1) { 'm0' => { a: 1 } }"]]);
  });

  it("arrives as values if the function's log format is JSON", async () => {
    vi.stubEnv('AWS_LAMBDA_LOG_FORMAT', 'JSON');
    const log = vi.spyOn(console, 'log').mockReturnValue();
    const error = vi.spyOn(console, 'error').mockReturnValue();
    await run(make(1), ['log']);
    expect(log.mock.calls).toEqual([['%s of %s', 'm0', 'r1']]);
    expect(error.mock.calls).toEqual([[new Map([['m0', { a: 1 }]])]]);
  });

  it('keeps what an error is if the log format is JSON', async () => {
    vi.stubEnv('AWS_LAMBDA_LOG_FORMAT', 'JSON');
    const error = vi.spyOn(console, 'error').mockReturnValue();
    await run(make(1), ['log an error']);
    const [[text, logged] = []] = error.mock.calls as [string, Error][];
    expect(text).toBe('no order');
    expect(logged).toBeInstanceOf(TypeError);
    expect(logged).toMatchObject({ message: 'm0', code: 'E_ORDER' });
    expect(logged?.constructor.name).toBe('OrderError');
  });

  it('arrives as text if the console refuses the value', async () => {
    vi.stubEnv('AWS_LAMBDA_LOG_FORMAT', 'JSON');
    const lines: unknown[] = [];
    vi.spyOn(console, 'log').mockImplementation((...args: unknown[]) => {
      lines.push(JSON.stringify(args));
    });
    expect(await run(make(1), ['log a bigint'])).toEqual([{ status: 'succeeded' }]);
    expect(lines).toEqual(['["1n"]']);
  });
});
