import { statuses } from '@parallel-lambda/conformance';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { make, run } from './set-up.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('an error that a message throws in a thread', () => {
  it('arrives with name, message, stack and cause', async () => {
    const [outcome] = await run(make(1), ['fail']);
    const error = outcome?.status === 'failed' ? (outcome.error as Error) : undefined;
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'RangeError', message: 'no m0', cause: { message: 'the cause' } });
    expect(error?.stack).toContain('fixtures/work.ts');
  });

  it('arrives even if the thread ends before the batch', async () => {
    const [outcome] = await run(make(1), ['fail', 'exit']);
    expect(outcome).toMatchObject({ status: 'failed', error: { name: 'RangeError', message: 'no m0' } });
  });

  it('arrives as a text if it cannot be cloned', async () => {
    expect(await run(make(1), ['throw a function'])).toEqual([
      { status: 'failed', error: expect.stringContaining('Function') as string },
    ]);
  });
});

describe('an error that a message leaves behind', () => {
  it('revokes its success until the last thread has finished', async () => {
    for (const texts of [
      ['reject later', 'wait for a late rejection'],
      ['wait for a late rejection', 'reject later'],
    ]) {
      const technique = make(2, 'work.ts', 2);
      await technique.ready();
      vi.stubEnv('HAS_REJECTED', undefined);
      const outcomes = await run(technique, texts);
      expect(statuses(outcomes)[texts.indexOf('reject later')]).toBe('failed');
    }
  });

  it('revokes its success, even if the work module handles rejections itself', async () => {
    const outcomes = await run(make(1, 'handles-rejections.ts'), ['succeed', 'let a promise reject']);
    expect(statuses(outcomes)).toEqual(['succeeded', 'failed']);
  });
});
