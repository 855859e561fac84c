import { afterEach, describe, expect, it, vi } from 'vitest';

import { manualDeadline } from '@parallel-lambda/conformance';
import { threadWorkers, type ThreadTechnique } from '../src/index.ts';
import { process as processBatch } from './process.ts';

const techniques: ThreadTechnique[] = [];

function make(module: string, threads = 1): ThreadTechnique {
  const work = new URL(`./fixtures/${module}`, import.meta.url);
  const technique = threadWorkers({ work, threads, workers: 8 });
  techniques.push(technique);
  return technique;
}

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await Promise.all(techniques.splice(0).map((technique) => technique[Symbol.asyncDispose]()));
});

const lines = () => vi.spyOn(console, 'log').mockReturnValue().mock.calls;

describe('a work module of which only the TypeScript source exists', () => {
  it('is found, and so are the sources that it imports', async () => {
    const logged = lines();
    const outcomes = await processBatch(make('sources/work.js'), ['hola']);
    expect(outcomes).toEqual([{ status: 'succeeded' }]);
    expect(logged).toEqual([['¡hola!']]);
  });

  it('is refused where there is no source either', () => {
    expect(() => make('sources/missing.js')).toThrow(
      /^Cannot find the work module .*missing\.js\. In a bundle it must be an entry point\.$/,
    );
  });
});

describe('the environment of the work', () => {
  it('has variables that were set after the threads had started, and the trace id of the invocation', async () => {
    const logged = lines();
    const technique = make('environment.ts');
    await technique.ready();
    for (const value of ['first', 'second']) {
      vi.stubEnv('SET_LATER', value);
      await processBatch(technique, ['SET_LATER'], { traceId: `Root=${value}` });
    }
    expect(logged).toEqual([['first, Root=first'], ['second, Root=second']]);
  });
});

describe('onBatchEnd of a work module', () => {
  it('runs at the end of every batch, before the outcomes are known', async () => {
    const logged = lines();
    const technique = make('batch-end.ts');
    await processBatch(technique, ['a', 'b'], { awsRequestId: 'r1' });
    await processBatch(technique, ['c'], { awsRequestId: 'r2' });
    expect(logged).toEqual([['r1: m0 m1'], ['r2: m0']]);
  });

  it.each(['hook throws', 'hook leaves a rejection'])('changes no outcome: %s', async (text) => {
    lines();
    vi.spyOn(console, 'error').mockReturnValue();
    const technique = make('batch-end.ts');
    expect(await processBatch(technique, [text])).toEqual([{ status: 'succeeded' }]);
    expect(await processBatch(technique, ['a'])).toEqual([{ status: 'succeeded' }]);
  });

  it('is ended when the grace after the deadline is over', async () => {
    const logged = lines();
    const technique = make('batch-end.ts');
    const deadline = manualDeadline();
    const outcomes = processBatch(technique, ['hook hangs'], {}, deadline);
    await vi.waitUntil(() => logged.length > 0);
    deadline.reach();
    deadline.giveUp();
    expect(await outcomes).toEqual([{ status: 'succeeded' }]);
  });

  it('must be a function', async () => {
    await expect(make('batch-end-text.ts').ready()).rejects.toThrow(
      'Its export onBatchEnd must be a function, not string.',
    );
  });
});

describe('a rejection that the work does not await, in a work module that handles rejections itself', () => {
  it('fails its message with that error', async () => {
    expect(await processBatch(make('rejects-while-running.ts'), ['a'])).toMatchObject([
      { status: 'failed', error: { message: 'not awaited' } },
    ]);
  });
});
