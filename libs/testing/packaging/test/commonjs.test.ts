import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { compileCommonJs } from '../src/commonjs.ts';
import { declarationsForCommonJs } from '../src/compile.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'commonjs-'));
  await symlink(
    path.resolve(import.meta.dirname, '../../../../node_modules'),
    path.join(folder, 'node_modules'),
  );
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Converts sources of these contents, starting from `index.ts`, and loads the entry. */
async function load(sources: Record<string, string>, dependencies: string[] = []) {
  await write(sources);
  const modules = await compileCommonJs(folder, ['index.ts'], dependencies);
  await write(Object.fromEntries(modules));
  const exports = createRequire(import.meta.url)(path.join(folder, 'index.cjs')) as Record<string, unknown>;
  return { modules, exports };
}

async function write(files: Record<string, string>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
}

it('converts what the entry imports, whichever folder it is in, and nothing else', async () => {
  const { modules, exports } = await load({
    'index.ts': "import { sum } from './numbers/sum.ts'; export const three: number = sum(1, 2);",
    'numbers/sum.ts': "export { sum } from '../add.ts'; import type {} from '../types.ts';",
    'add.ts': 'export const sum = (a: number, b: number): number => a + b;',
    'types.ts': 'export interface Unused {}',
    'thread.ts': 'export default await Promise.resolve(1);',
  });
  expect(exports.three).toBe(3);
  expect([...modules.keys()].sort()).toEqual(['add.cjs', 'index.cjs', 'numbers/sum.cjs']);
});

it('gives a module the URL, the folder and the resolution of import.meta', async () => {
  const { exports } = await load({
    'index.ts': `export const { url, dirname, filename } = import.meta;
                 export const message = 'set import.meta.url';
                 export const tinypool = import.meta.resolve('tinypool');`,
  });
  const file = path.join(folder, 'index.cjs');
  expect(exports).toMatchObject({ url: pathToFileURL(file).href, dirname: folder, filename: file });
  expect(exports).toMatchObject({
    message: 'set import.meta.url',
    tinypool: import.meta.resolve('tinypool'),
  });
});

it('converts a dependency that is an ES module, with its licence, and finds its other files', async () => {
  const { modules, exports } = await load(
    { 'index.ts': "export { Tinypool } from 'tinypool';", 'work.mjs': 'export default (n) => n + 1;' },
    ['tinypool'],
  );
  expect(modules.get('dependencies/tinypool.cjs')).toMatch(/^\/\*! tinypool[^/]*MIT License/);
  const { Tinypool } = exports as typeof import('tinypool');
  const pool = new Tinypool({ filename: path.join(folder, 'work.mjs') });
  expect(await pool.run(1)).toBe(2);
  await pool.destroy();
});

it.each([
  ["export { a } from './a.ts';", "export { a } from './a.cjs';"],
  ["type A = import('./a.ts').A;", "type A = import('./a.cjs').A;"],
  [
    "import * as Effect from 'effect/Effect';",
    "import type * as Effect from 'effect/Effect' with { 'resolution-mode': 'import' };",
  ],
  [
    "type E = import('effect/Effect').Effect<void>;",
    "type E = import('effect/Effect', { with: { 'resolution-mode': 'import' } }).Effect<void>;",
  ],
  ["import { type Work } from 'effective';", "import { type Work } from 'effective';"],
])('turns the declaration %s into one for CommonJS', (declaration, expected) => {
  expect(declarationsForCommonJs(declaration, ['effect'])).toBe(expected);
});
