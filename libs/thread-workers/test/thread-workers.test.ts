import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';

import { InvalidOptionError, type Outcome, type Technique } from '@parallel-lambda/batch';
import { contextOf } from '@parallel-lambda/batch/technique';
import { manualDeadline } from '@parallel-lambda/conformance';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { threadWorkers, WorkModuleError, type ThreadTechnique } from '../src/index.ts';
import { batchOf, streamOf } from './batch-of.ts';

const fixture = (name: string): URL => new URL(`./fixtures/${name}.ts`, import.meta.url);
const techniques: AsyncDisposable[] = [];

function make(threads: number, module = 'work', workers = 8): ThreadTechnique {
  const technique = threadWorkers({ work: fixture(module), threads, workers });
  techniques.push(technique);
  return technique;
}

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  await Promise.all(techniques.splice(0).map((technique) => technique[Symbol.asyncDispose]()));
});

function workOn(
  technique: Technique,
  texts: readonly string[],
  {
    lanes = texts.map((_, position) => [position]),
    deadline = manualDeadline(),
    deadlineMs = undefined as number | undefined,
    batch = batchOf(texts),
  } = {},
): Promise<readonly Outcome[]> {
  const context = contextOf({ deadlineMs, awsRequestId: 'r1' }, deadline.signal);
  return technique({ ...batch, lanes }, { deadline, context });
}

const statuses = (outcomes: readonly Outcome[]): string[] => outcomes.map(({ status }) => status);
const many = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('a thread that ends', () => {
  it.each(['exit', 'exit with 0'])(
    'costs the messages that it had in work, when one of them does: %s',
    async (exit) => {
      const outcomes = await workOn(make(1), ['succeed', exit, 'succeed', 'succeed']);
      expect(outcomes[1]).toEqual({ status: 'unfinished', reason: 'interrupted' });
      expect(statuses(outcomes)).toEqual(['succeeded', 'unfinished', 'succeeded', 'succeeded']);
    },
  );

  it('leaves the rest of its lane unstarted', async () => {
    const outcomes = await workOn(make(1), ['exit', 'succeed', 'succeed'], { lanes: [[0, 1], [2]] });
    expect(outcomes[1]).toEqual({ status: 'unfinished', reason: 'not started' });
    expect(outcomes[2]).toEqual({ status: 'succeeded' });
  });

  it('is replaced also when every thread has ended, and the pool is whole for the next batch', async () => {
    const technique = make(2);
    expect(statuses(await workOn(technique, [...many(6, 'exit'), 'succeed']))).toEqual([
      ...many(6, 'unfinished'),
      'succeeded',
    ]);
    expect(statuses(await workOn(technique, many(50, 'succeed')))).toEqual(many(50, 'succeeded'));
  });

  it('by a rejection that came after its message had succeeded takes that success back', async () => {
    const outcomes = await workOn(make(1), ['succeed', 'let a promise reject']);
    expect(outcomes[0]).toEqual({ status: 'succeeded' });
    expect(outcomes[1]).toMatchObject({ status: 'failed', error: { message: 'a stray rejection' } });
  });

  it('by an error in a callback of a message fails that message', async () => {
    const outcomes = await workOn(make(1), ['throw in a callback', 'succeed']);
    expect(outcomes[0]).toMatchObject({ status: 'failed', error: { message: 'thrown in a callback' } });
  });
});

describe('a thread that ends while it works on a stream', () => {
  it('has its message be the checkpoint: what is after that is not started, what is before it is done', async () => {
    const texts = ['succeed', 'succeed', 'exit', 'succeed', 'succeed', 'succeed'];
    const lanes = [[0, 2, 4], [1], [3], [5]];
    const outcomes = await workOn(make(1, 'work', 1), texts, { lanes, batch: streamOf(texts) });
    expect(outcomes[2]).toEqual({ status: 'unfinished', reason: 'interrupted' });
    expect(statuses(outcomes)).toEqual(['succeeded', 'succeeded', ...many(4, 'unfinished')]);
    expect(outcomes.slice(3)).toEqual(many(3, { status: 'unfinished', reason: 'not started' }));
  });
});

describe('at the deadline', () => {
  it.each(['spin', 'hang'])('terminates a thread that goes on after the grace: %s', async (endless) => {
    const technique = make(2);
    const deadline = manualDeadline();
    const settled = workOn(technique, [endless, 'succeed'], { deadline });
    deadline.reach();
    deadline.giveUp();
    const outcomes = await settled;
    expect(outcomes[0]?.status).toBe('unfinished');
    expect(statuses(await workOn(technique, many(20, 'succeed')))).toEqual(many(20, 'succeeded'));
  });

  it('keeps the successes of a thread that had to be terminated', async () => {
    const deadline = manualDeadline();
    const log = vi.spyOn(console, 'log').mockReturnValue();
    const settled = workOn(make(1), ['succeed', 'log, then hang'], { deadline });
    await vi.waitUntil(() => log.mock.calls.length > 0);
    deadline.reach();
    deadline.giveUp();
    expect(await settled).toEqual([{ status: 'succeeded' }, { status: 'unfinished', reason: 'interrupted' }]);
  });
});

describe('a thread whose clock is ahead', () => {
  it('ends the batch for all, and is not sent back to it', async () => {
    const outcomes = await workOn(make(2), many(4, 'succeed'), { deadlineMs: Date.now() - 1 });
    expect(outcomes).toEqual(many(4, { status: 'unfinished', reason: 'not started' }));
  });
});

describe('two batches at a time', () => {
  it('do not lose messages by a thread that ended for the other', async () => {
    const technique = make(2);
    const [first, second] = await Promise.all([
      workOn(technique, many(10, 'exit')),
      workOn(technique, many(10, 'succeed')),
    ]);
    expect(statuses(first)).toEqual(many(10, 'unfinished'));
    expect(statuses(second)).toEqual(many(10, 'succeeded'));
  });
});

describe('what a message threw in a thread', () => {
  it('crosses with name, message, stack and cause', async () => {
    const [outcome] = await workOn(make(1), ['fail']);
    const error = outcome?.status === 'failed' ? (outcome.error as Error) : undefined;
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'RangeError', message: 'no m0', cause: { message: 'the cause' } });
    expect(error?.stack).toContain('fixtures/work.ts');
  });

  it('crosses as a text where it cannot be cloned', async () => {
    expect(await workOn(make(1), ['throw a function'])).toEqual([
      { status: 'failed', error: expect.stringContaining('Function') as string },
    ]);
  });
});

describe('what is logged in a thread', () => {
  it('goes through the console of the main thread, formatted, before the technique settles', async () => {
    const log = vi.spyOn(console, 'log').mockReturnValue();
    const error = vi.spyOn(console, 'error').mockReturnValue();
    await workOn(make(1), ['log']);
    expect(log.mock.calls).toEqual([['m0 of r1']]);
    expect(error.mock.calls).toEqual([["Map(1) { 'm0' => { a: 1 } }"]]);
  });

  it("goes as values where the function's log format is JSON", async () => {
    vi.stubEnv('AWS_LAMBDA_LOG_FORMAT', 'JSON');
    const log = vi.spyOn(console, 'log').mockReturnValue();
    const error = vi.spyOn(console, 'error').mockReturnValue();
    await workOn(make(1), ['log']);
    expect(log.mock.calls).toEqual([['%s of %s', 'm0', 'r1']]);
    expect(error.mock.calls).toEqual([[new Map([['m0', { a: 1 }]])]]);
  });
});

describe('the record of a message', () => {
  it('comes to the thread when it is read', async () => {
    const log = vi.spyOn(console, 'log').mockReturnValue();
    const outcomes = await workOn(make(2), many(20, 'log the record'));
    expect(statuses(outcomes)).toEqual(many(20, 'succeeded'));
    expect(log.mock.calls.flat().sort()).toEqual(
      many(20, 0)
        .map((_, index) => `m${index} of aws:sqs`)
        .sort(),
    );
  });
});

describe('a work module that cannot be used', () => {
  it.each([
    ['throws-on-import', WorkModuleError, 'broken on import'],
    ['no-default-export', WorkModuleError, 'default export must be the work'],
    ['exits-on-import', Error, 'exited with code 4 while it loaded'],
  ])('fails the messages of every batch: %s', async (module, type, message) => {
    const technique = make(1, module);
    for (const attempt of [1, 2, 3]) {
      const [outcome] = await workOn(technique, ['succeed']);
      const error = outcome?.status === 'failed' ? outcome.error : undefined;
      expect(error, `attempt ${attempt}`).toBeInstanceOf(type);
      expect((error as Error).message).toContain(message);
    }
  });

  it.each([
    [
      'throws-on-import',
      'The work module .*throws-on-import.* could not be loaded: Error: broken on import$',
    ],
    ['no-default-export', 'default export must be the work, a function, not undefined'],
    ['exits-on-import', 'exited with code 4 while it loaded the work module .*exits-on-import'],
  ])('is told of by ready(), before there is a batch: %s', async (module, message) => {
    await expect(make(1, module).ready()).rejects.toThrow(new RegExp(message));
  });

  it('is not one that CommonJS exports, compiled or by hand', async () => {
    for (const module of ['compiled-work.cjs', 'work.cjs']) {
      const work = new URL(`./fixtures/${module}`, import.meta.url);
      await using technique = threadWorkers({ work, threads: 1 });
      await technique.ready();
      expect(statuses(await workOn(technique, ['succeed', 'fail']))).toEqual(['succeeded', 'failed']);
    }
  });

  it.each([fixture('not-there'), new URL('https://example.org/work.js'), './work.js' as unknown as URL])(
    'is refused at once when it is no file: %s',
    (work) => {
      expect(() => threadWorkers({ work })).toThrow(InvalidOptionError);
    },
  );
});

describe('a thread that cannot load the work module once', () => {
  beforeEach(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'thread-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    vi.stubEnv('FAILS_FIRST', path.join(folder, 'first'));
    vi.spyOn(console, 'error').mockReturnValue();
  });

  it.each(['throw', 'exit'])('costs no message, and is replaced for the next batch: %s', async (failsBy) => {
    vi.stubEnv('FAILS_BY', failsBy);
    const technique = make(2, 'throws-first');
    for (const batch of [1, 2, 3]) {
      expect(statuses(await workOn(technique, many(20, 'succeed'))), `batch ${batch}`).toEqual(
        many(20, 'succeeded'),
      );
    }
    await technique.ready();
  });

  it.each(['throw', 'exit'])('fails ready() although the other thread has loaded it: %s', async (failsBy) => {
    vi.stubEnv('FAILS_BY', failsBy);
    const technique = make(2, 'throws-first');
    await expect(technique.ready()).rejects.toThrow(/throttled|exited with code 0/);
    await technique.ready();
  });

  it.each(['throw', 'exit'])('lets disposing settle: %s', async (failsBy) => {
    vi.stubEnv('FAILS_BY', failsBy);
    const technique = make(2, 'throws-first');
    await technique.ready().catch(() => undefined);
    await technique[Symbol.asyncDispose]();
  });
});

describe('thread workers in their own work module', () => {
  it('are refused, so that threads do not start threads', async () => {
    await expect(make(1, 'starts-threads').ready()).rejects.toThrow(
      'threadWorkers was called in one of its own threads',
    );
  });
});

describe('an error that a message leaves behind', () => {
  it('takes its success back until the last thread has finished', async () => {
    for (const texts of [
      ['reject later', 'wait for a late rejection'],
      ['wait for a late rejection', 'reject later'],
    ]) {
      const technique = make(2, 'work', 2);
      await technique.ready();
      vi.stubEnv('HAS_REJECTED', undefined);
      const outcomes = await workOn(technique, texts);
      expect(statuses(outcomes)[texts.indexOf('reject later')]).toBe('failed');
    }
  });

  it('takes its success back, too, where the work module handles rejections itself', async () => {
    const outcomes = await workOn(make(1, 'handles-rejections'), ['succeed', 'let a promise reject']);
    expect(statuses(outcomes)).toEqual(['succeeded', 'failed']);
  });
});

describe('a record that cannot be cloned', () => {
  it('fails the message that reads it, and no other', async () => {
    vi.spyOn(console, 'log').mockReturnValue();
    const texts = ['log the record', 'succeed', 'log the record'];
    const batch = batchOf(texts);
    Object.assign(batch.records[2] as object, { next: () => undefined });
    const outcomes = await workOn(make(2), texts, { batch });
    expect(statuses(outcomes)).toEqual(['succeeded', 'succeeded', 'failed']);
    expect(outcomes[2]).toMatchObject({
      error: {
        name: 'InvalidMessageError',
        message: expect.stringContaining('cannot be sent to a thread') as string,
      },
    });
  });
});

describe('a record that is read after its batch', () => {
  it('does not hold up the next batch', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const technique = make(1);
    await workOn(technique, ['read the record in the next batch']);
    const texts = many(4, 'let the code left behind go on');
    expect(statuses(await workOn(technique, texts))).toEqual(many(4, 'succeeded'));
    expect(warn.mock.calls.flat().join()).toContain('after its batch had ended');
  });
});

describe('the number of threads', () => {
  it.each(['0', '65', 'two', '1.5'])('is refused when THREADS is %s', (threads) => {
    vi.stubEnv('THREADS', threads);
    expect(() => threadWorkers({ work: fixture('work') })).toThrow(/THREADS must be a whole number/);
  });
});

describe('the memory of a batch', () => {
  /** How often memory was made that holds more than the few integers of a thread or a task. */
  function countBuffers(): () => number {
    let made = 0;
    vi.stubGlobal(
      'SharedArrayBuffer',
      class extends SharedArrayBuffer {
        constructor(bytes: number) {
          super(bytes);
          if (bytes > 32) made += 1;
        }
      },
    );
    return () => made;
  }

  it('is taken again by the next, so that none is left for threads to let go of', async () => {
    const technique = make(1);
    const count = countBuffers();
    for (const batch of [8, 4, 2]) await workOn(technique, many(batch, 'succeed'));
    await workOn(technique, many(4, 'fail'));
    expect(count()).toBe(1);
    await workOn(technique, [...many(4, 'succeed'), JSON.stringify('x'.repeat(10_000))]);
    expect(count()).toBe(2);
  });

  it('is not, where a thread was lost', async () => {
    const technique = make(1);
    const count = countBuffers();
    await workOn(technique, ['succeed', 'exit']);
    await workOn(technique, ['succeed']);
    expect(count()).toBe(2);
  });

  it('is not, where a thread is still at work on it', async () => {
    const technique = make(1);
    const count = countBuffers();
    const deadline = manualDeadline();
    const hanging = workOn(technique, ['hang'], { deadline });
    await turnOfTheEventLoop();
    deadline.reach();
    deadline.giveUp();
    await hanging;
    await workOn(technique, ['succeed']);
    expect(count()).toBe(2);
  });
});
