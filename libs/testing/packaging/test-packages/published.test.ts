import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build } from 'esbuild';
import { publint } from 'publint';
import { describe, expect, it } from 'vitest';

import { publishedPackages } from '../src/published.ts';
import { installCommand } from './install-command.ts';

/** The maximum of a whole package in bytes, minified, without dependencies. */
const defaultMaxBytes = 10_000;
/** Nobody imports all of it: a handler is measured below, and each wrapper that work can stand in. */
const maxBytes: Readonly<Record<string, number>> = {
  // With wrappers and adaptive workers, of which a function gets only those that it imports.
  batch: 40_000,
  sqs: 15_000,
  // Its share of a thread's adaptive limit is beyond 10 kB.
  'thread-workers': 10_500,
};

/** The maximum in bytes of what a function gets of `@parallel-lambda/batch` by importing this. */
const maxImportBytes: Readonly<Record<string, number>> = {
  batchHandler: 20_000,
  checked: 5_000,
  retried: 6_000,
  within: 5_000,
  grouped: 5_000,
};

async function minifiedBytes(dist: string, exported = '*', entry = 'index'): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: `export ${exported} from './${entry}.js';`, resolveDir: dist },
    bundle: true,
    minify: true,
    write: false,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  return outputFiles[0]?.contents.length ?? 0;
}

describe.each(publishedPackages)('the package $name', ({ name, dist, manifest }) => {
  it('has a manifest and files without a finding of publint', async () => {
    const { messages } = await publint({ pkgDir: dist, pack: false, strict: true });
    expect(messages).toEqual([]);
  });

  it('has types that fit its modules, under every resolution of TypeScript', async () => {
    const [, tarball = ''] = installCommand([name]);
    const analysis = await checkPackage(createPackageFromTarballData(await readFile(tarball)));
    if (!analysis.types) throw new Error('It has no types');
    expect(analysis.problems).toEqual([]);
  });

  it(`is smaller than ${maxBytes[name] ?? defaultMaxBytes} bytes`, async () => {
    const bytes = await minifiedBytes(dist);
    expect(bytes).toBeGreaterThan(500);
    expect(bytes).toBeLessThan(maxBytes[name] ?? defaultMaxBytes);
  });

  it('says what it is, and which Node.js it needs', async () => {
    expect(manifest).toMatchObject({ license: 'MIT-0', engines: { node: '>=22.12.0' } });
    expect(manifest).toHaveProperty('description');
    expect(await readFile(path.join(dist, 'README.md'), 'utf8')).toContain('npm install ');
  });
});

describe('a function gets what it imports of batch, and little else', () => {
  const dist = publishedPackages.find(({ name }) => name === 'batch')?.dist ?? '';

  it.each(Object.entries(maxImportBytes))('%s is smaller than %i bytes', async (name, max) => {
    const bytes = await minifiedBytes(dist, `{ ${name} }`);
    expect(bytes).toBeGreaterThan(500);
    expect(bytes).toBeLessThan(max);
  });

  it('a decoder brings no other decoder', async () => {
    expect(await minifiedBytes(dist, '{ isTombstone }', 'decode/index')).toBeLessThan(200);
    expect(await minifiedBytes(dist, '{ base64 }', 'decode/index')).toBeLessThan(1_500);
    expect(await minifiedBytes(dist, '*', 'decode/index')).toBeLessThan(5_000);
  });
});
