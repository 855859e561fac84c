import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { manualDeadline } from '@parallel-lambda/conformance';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { threadWorkers } from '../src/index.ts';
import { make, run } from './set-up.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const lines = () => vi.spyOn(console, 'log').mockReturnValue().mock.calls;

describe('a work module of which only the TypeScript source exists', () => {
  it('is found, and so are the sources that it imports', async () => {
    const logged = lines();
    const outcomes = await run(make(1, 'sources/work.js'), ['hola']);
    expect(outcomes).toEqual([{ status: 'succeeded' }]);
    expect(logged).toEqual([['¡hola!.']]);
  });

  it.each(['commonjs', undefined])(
    'is loaded as the ES module that it is in a package of type %s',
    async (type) => {
      const logged = lines();
      const warnings = vi.spyOn(console, 'error').mockReturnValue();
      const folder = mkdtempSync(path.join(tmpdir(), 'commonjs-'));
      onTestFinished(() => {
        rmSync(folder, { recursive: true });
      });
      writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type }));
      writeFileSync(path.join(folder, 'greeting.ts'), "export const greeting: string = 'hello';");
      writeFileSync(
        path.join(folder, 'work.ts'),
        `import { greeting } from './greeting';
       export default ({ text }: { text: string }): void => console.log(greeting + ' ' + text);`.replaceAll(
          /^ +/gm,
          '',
        ),
      );
      const technique = threadWorkers({ work: pathToFileURL(path.join(folder, 'work.js')), threads: 1 });
      onTestFinished(() => technique[Symbol.asyncDispose]());
      const outcomes = await run(technique, ['you']);
      expect(outcomes).toEqual([{ status: 'succeeded' }]);
      expect(logged).toEqual([['hello you']]);
      expect(warnings).not.toHaveBeenCalled();
    },
  );

  it('is refused if the source is missing too', () => {
    expect(() => make(1, 'sources/missing.js')).toThrow(
      /^Cannot find the work module .*missing\.js\. In a bundle it must be an entry point\.$/,
    );
  });
});

describe('a work module that a bundler wrote as .mjs', () => {
  it('is found, although the code names .js', async () => {
    lines();
    expect(await run(make(1, 'bundled-commonjs.js'), ['a'])).toEqual([{ status: 'succeeded' }]);
  });
});

describe('the environment of the work', () => {
  it('has variables that were set after the threads had started, and the trace id of the invocation', async () => {
    const logged = lines();
    const technique = make(1, 'environment.ts');
    await technique.ready();
    for (const value of ['first', 'second']) {
      vi.stubEnv('SET_LATER', value);
      await run(technique, ['SET_LATER'], { info: { traceId: `Root=${value}` } });
    }
    expect(logged).toEqual([['first, Root=first'], ['second, Root=second']]);
  });
});

describe('onBatchEnd of a work module', () => {
  it('runs at the end of every batch, before the outcomes are known', async () => {
    const logged = lines();
    const technique = make(1, 'batch-end.ts');
    await run(technique, ['a', 'b'], { info: { awsRequestId: 'r1' } });
    await run(technique, ['c'], { info: { awsRequestId: 'r2' } });
    expect(logged).toEqual([['r1: m0 m1'], ['r2: m0']]);
  });

  it.each(['hook throws', 'hook leaves a rejection'])('changes no outcome: %s', async (text) => {
    lines();
    vi.spyOn(console, 'error').mockReturnValue();
    const technique = make(1, 'batch-end.ts');
    expect(await run(technique, [text])).toEqual([{ status: 'succeeded' }]);
    expect(await run(technique, ['a'])).toEqual([{ status: 'succeeded' }]);
  });

  it('is ended when the grace after the deadline is over', async () => {
    const logged = lines();
    const technique = make(1, 'batch-end.ts');
    const deadline = manualDeadline();
    const outcomes = run(technique, ['hook hangs'], { deadline });
    await vi.waitUntil(() => logged.length > 0);
    deadline.reach();
    deadline.giveUp();
    expect(await outcomes).toEqual([{ status: 'succeeded' }]);
  });

  it.each(['compiled-with-hook.cjs', 'bundled-commonjs.mjs'])(
    'is found in CommonJS, compiled and bundled: %s',
    async (module) => {
      const logged = lines();
      await run(make(1, module), ['a']);
      expect(logged).toEqual([['the batch has ended']]);
    },
  );

  it('must be a function', async () => {
    await expect(make(1, 'batch-end-text.ts').ready()).rejects.toThrow(
      'Its export onBatchEnd must be a function, not string.',
    );
  });
});

describe('a rejection that the work does not await, in a work module that handles rejections itself', () => {
  it('fails its message with that error', async () => {
    expect(await run(make(1, 'rejects-while-running.ts'), ['a'])).toMatchObject([
      { status: 'failed', error: { message: 'not awaited' } },
    ]);
  });
});
