import { afterEach, describe, expect, it, vi } from 'vitest';

import { make, run } from './set-up.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('a log line of a thread', () => {
  it('is written to the console of the main thread as text, before the technique settles', async () => {
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

describe('what the library logs about threads', () => {
  it.each([
    [
      "error: onBatchEnd of the work module failed with 'Error: no telemetry'",
      'batch-end.ts',
      ['hook throws'],
    ],
    [
      'warn: A record was read after its batch had ended',
      'work.ts',
      ['read the record in the next batch', 'let the code left behind continue'],
    ],
  ])('goes to the logger of the handler, and not to the console: %s', async (line, file, texts) => {
    const spies = (['log', 'error', 'warn'] as const).map((level) => vi.spyOn(console, level));
    for (const spy of spies) spy.mockReturnValue();
    const lines: string[] = [];
    const logger = {
      error: (text: string) => lines.push(`error: ${text}`),
      warn: (text: string) => lines.push(`warn: ${text}`),
    };
    const technique = make(1, file);
    for (const text of texts) await run(technique, [text], { logger });
    expect(lines).toEqual([expect.stringContaining(line)]);
    const logged = spies.map(({ mock }) => mock.calls.join()).join('\n');
    expect(logged).not.toContain(line.slice(line.indexOf(' ') + 1));
  });
});
