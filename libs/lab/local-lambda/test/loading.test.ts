import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { LocalFunction, type FunctionDefinition } from '../src/index.ts';
import { definition } from './definition.ts';
import { runtimes } from './runtimes.ts';

type Outcome = Readonly<{ payload?: unknown; errorType?: string }>;

describe.for(runtimes)('on $name', ({ name, options, skip }) => {
  /** Writes files, and invokes the function that they are. */
  async function run(
    files: Readonly<Record<string, string>>,
    { handler = 'index.handler', ...changes }: Partial<FunctionDefinition> = {},
  ): Promise<Outcome> {
    await using folder = await mkdtempDisposable(path.join(tmpdir(), 'loading-'));
    for (const [file, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder.path, file)), { recursive: true });
      await writeFile(path.join(folder.path, file), content);
    }
    await using local = new LocalFunction(
      definition('', handler, { codeFolder: path.join(folder.path, 'code'), ...changes }),
      options,
    );
    const result = await local.invoke({});
    return result.status === 'success' ? { payload: result.payload } : { errorType: result.error.errorType };
  }

  /**
   * AWS's client of npm (4.0.2) imports the first of NAME, NAME.js, NAME.mjs and NAME.cjs that exists. So it fails on a folder,
   * and an ES module needs no `"type": "module"`.
   */
  const imports = name.startsWith('AWS');
  const importOf = { folder: { errorType: 'Error' }, asyncModule: { payload: 1 } };

  const answering = (text: string): string => `exports.handler = async () => '${text}';`;

  describe.skipIf(skip)('a module', () => {
    it('that is CommonJS has `require`, `module` and its own folder', async () => {
      const code = `module.exports = { handler: async () => [typeof require, __dirname.split('/').at(-1)].join() };`;
      expect(await run({ 'code/index.js': code })).toEqual({
        payload: expect.stringMatching(/^function,/) as string,
      });
    });

    it('is the file of its name before the folder of its name', async () => {
      const files = { 'code/index.js': answering('file'), 'code/index/index.js': answering('folder') };
      expect(await run(files)).toEqual(imports ? importOf.folder : { payload: 'file' });
    });

    it('may be a folder with an index', async () => {
      expect(await run({ 'code/index/index.js': answering('folder') })).toEqual(
        imports ? importOf.folder : { payload: 'folder' },
      );
    });

    it('that is .js and awaits at its top fails without "type": "module"', async () => {
      const code = 'export const value = await 1; export const handler = async () => value;';
      expect(await run({ 'code/index.js': code })).toEqual(
        imports ? importOf.asyncModule : { errorType: 'Error' },
      );
      expect(await run({ 'code/index.js': code, 'code/package.json': '{"type":"module"}' })).toEqual({
        payload: 1,
      });
    });
  });

  it.skipIf(skip || process.platform !== 'linux')('sees nothing above its own folder', async () => {
    const files = {
      'code/index.js': `exports.handler = async () => require('above');`,
      'node_modules/above/index.js': 'module.exports = 1;',
      'package.json': '{"type":"module"}',
    };
    expect(await run(files)).toEqual({ errorType: 'Error' });
  });

  // AWS's client of npm is that of nodejs24.x alone.
  describe.skipIf(skip || imports)('a handler of nodejs22.x', () => {
    const onOld = (code: string): Promise<Outcome> =>
      run({ 'code/index.js': `exports.handler = ${code}` }, { runtime: 'nodejs22.x' });

    it.each([
      [
        'may call back',
        `(event, context, callback) => { setTimeout(callback, 1, null, 'called'); }`,
        'called',
      ],
      [
        'waits for its pending work',
        `(event, context, callback) => { const list = []; setTimeout(() => list.push('later'), 5); callback(null, list); }`,
        ['later'],
      ],
      [
        'need not wait',
        `(event, context, callback) => { context.callbackWaitsForEmptyEventLoop = false; setInterval(() => {}, 1000); callback(null, 'now'); }`,
        'now',
      ],
      [
        'may use the functions of the context',
        `(event, context) => { context.succeed('succeeded'); }`,
        'succeeded',
      ],
      ['has ended when nothing is left to do', `(event, context) => { setTimeout(() => {}, 1); }`, null],
      ['may return a promise', `async () => 'promised'`, 'promised'],
    ])('%s', async (_, code, payload) => {
      expect(await onOld(code)).toEqual({ payload });
    });

    it('fails with the error that it calls back with', async () => {
      expect(await onOld(`(event, context, callback) => callback(new RangeError('no'))`)).toEqual({
        errorType: 'RangeError',
      });
    });

    it('cannot require an ES module, unless its NODE_OPTIONS allow it', async () => {
      const files = {
        'code/index.js': `const { value } = require('./esm.mjs'); exports.handler = async () => value;`,
        'code/esm.mjs': 'export const value = 1;',
      };
      expect(await run(files, { runtime: 'nodejs22.x' })).toEqual({ errorType: 'Error' });
      const environment = { NODE_OPTIONS: '--experimental-require-module' };
      expect(await run(files, { runtime: 'nodejs22.x', environment })).toEqual({ payload: 1 });
    });
  });
});
