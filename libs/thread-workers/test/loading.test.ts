import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { InvalidOptionError } from '@parallel-lambda/batch';
import { manualDeadline, statuses, times } from '@parallel-lambda/conformance';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { threadWorkers, WorkModuleError } from '../src/index.ts';
import { fixture, make, run } from './set-up.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('a work module that cannot be used', () => {
  it.each([
    ['throws-on-import', WorkModuleError, 'broken on import'],
    ['no-default-export', WorkModuleError, 'default export must be the work'],
    ['generator', WorkModuleError, 'must be a function of a message, such as async'],
    ['exits-on-import', Error, 'exited with code 4 while it loaded'],
  ])('fails the messages of every batch: %s', async (module, type, message) => {
    const technique = make(1, `${module}.ts`);
    for (const attempt of [1, 2, 3]) {
      const [outcome] = await run(technique, ['succeed']);
      const error = outcome?.status === 'failed' ? outcome.error : undefined;
      expect(error, `attempt ${attempt}`).toBeInstanceOf(type);
      expect((error as Error).message).toContain(message);
    }
  });

  it.each([
    [
      'throws-on-import',
      'The work module .*throws-on-import.* could not be loaded: .Error: broken on import.$',
    ],
    ['no-default-export', 'default export must be the work, a function, not undefined'],
    ['generator', 'work of threadWorkers must be a function .*, not .AsyncGeneratorFunction'],
    ['exits-on-import', 'exited with code 4 while it loaded the work module .*exits-on-import'],
  ])('makes ready() reject: %s', async (module, message) => {
    await expect(make(1, `${module}.ts`).ready()).rejects.toThrow(new RegExp(message));
  });

  it('can be CommonJS, compiled or written by hand', async () => {
    for (const module of ['compiled-work.cjs', 'work.cjs']) {
      const technique = make(1, module);
      await technique.ready();
      expect(statuses(await run(technique, ['succeed', 'fail']))).toEqual(['succeeded', 'failed']);
    }
  });

  it.each([fixture('not-there.ts'), new URL('https://example.org/work.js'), './work.js' as unknown as URL])(
    'is refused immediately if it is not a file: %s',
    (work) => {
      expect(() => threadWorkers({ work })).toThrow(InvalidOptionError);
    },
  );
});

describe('a thread that fails to load the work module once', () => {
  beforeEach(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'thread-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    vi.stubEnv('FAILS_FIRST', path.join(folder, 'first'));
    vi.spyOn(console, 'error').mockReturnValue();
  });

  it.each(['throw', 'exit'])('costs no message, and is replaced for the next batch: %s', async (failsBy) => {
    vi.stubEnv('FAILS_BY', failsBy);
    const technique = make(2, 'throws-first.ts');
    for (const batch of [1, 2, 3]) {
      expect(statuses(await run(technique, times(20, 'succeed'))), `batch ${batch}`).toEqual(
        times(20, 'succeeded'),
      );
    }
    await technique.ready();
  });

  it.each(['throw', 'exit'])('fails ready() although the other thread has loaded it: %s', async (failsBy) => {
    vi.stubEnv('FAILS_BY', failsBy);
    const technique = make(2, 'throws-first.ts');
    await expect(technique.ready()).rejects.toThrow(/throttled|exited with code 0/);
    await technique.ready();
  });

  it.each(['throw', 'exit'])('lets disposing settle: %s', async (failsBy) => {
    vi.stubEnv('FAILS_BY', failsBy);
    const technique = make(2, 'throws-first.ts');
    await technique.ready().catch(() => undefined);
    await technique[Symbol.asyncDispose]();
  });
});

describe('a thread whose work module never finishes loading', () => {
  it('is replaced after three batches that it missed', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'thread-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const marker = path.join(folder, 'first');
    vi.stubEnv('FAILS_FIRST', marker);
    vi.stubEnv('FAILS_BY', 'hang');
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const lines: string[] = [];
    const logger = { error: (line: string) => lines.push(line), warn: () => undefined };
    const technique = make(1, 'throws-first.ts');
    await vi.waitUntil(() => existsSync(marker), { timeout: 10_000 });
    for (const batch of [1, 2, 3]) {
      expect(lines, `batch ${batch}`).toEqual([]);
      const deadline = manualDeadline();
      const outcomes = run(technique, times(2, 'succeed'), { deadline, logger });
      deadline.reach();
      expect(await outcomes).toEqual(times(2, { status: 'unfinished', reason: 'not started' }));
    }
    expect(lines).toEqual([expect.stringContaining('has not loaded the work module')]);
    expect(error).not.toHaveBeenCalled();
    expect(statuses(await run(technique, times(2, 'succeed')))).toEqual(times(2, 'succeeded'));
  });
});

describe('threadWorkers in its own work module', () => {
  it('is refused, because threads would start threads without end', async () => {
    await expect(make(1, 'starts-threads.ts').ready()).rejects.toThrow(
      'threadWorkers was called in a thread that it started',
    );
  });
});
