import { statuses, times } from '@parallel-lambda/conformance';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { batchOf } from './batch-of.ts';
import { make, run } from './set-up.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the record of a message', () => {
  it('is sent to the thread when it is read', async () => {
    const log = vi.spyOn(console, 'log').mockReturnValue();
    const outcomes = await run(make(2), times(20, 'log the record'));
    expect(statuses(outcomes)).toEqual(times(20, 'succeeded'));
    expect(log.mock.calls.flat().sort()).toEqual(
      times(20, 0)
        .map((_, index) => `m${index} of aws:sqs`)
        .sort(),
    );
  });
});

describe('a record that cannot be cloned', () => {
  it('fails the message that reads it, and no other', async () => {
    vi.spyOn(console, 'log').mockReturnValue();
    const texts = ['log the record', 'succeed', 'log the record'];
    const batch = batchOf(texts);
    Object.assign(batch.records[2] as object, { next: () => undefined });
    const outcomes = await run(make(2), texts, { batch });
    expect(statuses(outcomes)).toEqual(['succeeded', 'succeeded', 'failed']);
    expect(outcomes[2]).toMatchObject({
      error: {
        name: 'InvalidMessageError',
        message: expect.stringContaining('cannot be sent to a thread') as string,
      },
    });
  });
});

describe('a record that is read after its batch has ended', () => {
  it('does not block the next batch', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const technique = make(1);
    await run(technique, ['read the record in the next batch']);
    const texts = times(4, 'let the code left behind continue');
    expect(statuses(await run(technique, texts))).toEqual(times(4, 'succeeded'));
    expect(warn.mock.calls.flat().join()).toContain('after its batch had ended');
  });
});
