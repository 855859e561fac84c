import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build } from 'esbuild';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { builtPackage, pack, packages, type PackageName } from './packages.ts';

/** In bytes, minified, without dependencies. */
const largest: Record<PackageName, number> = {
  batch: 15_000,
  'promise-workers': 8_000,
  'thread-workers': 8_000,
  'fiber-workers': 8_000,
};

let folder: string;
let tarballs: Record<PackageName, string>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'packed-'));
  tarballs = await pack(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(packages)('the package %s', (name) => {
  it('is one that publint finds nothing wrong with', async () => {
    const { messages } = await publint({ pkgDir: builtPackage(name), pack: false, strict: true });
    expect(messages).toEqual([]);
  });

  it('has types that are right for modules, under nodenext and bundler resolution', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(await readFile(tarballs[name])));
    if (!analysis.types) throw new Error('It has no types');
    // Node.js 10 knew no exports; and `require` of a module is what Node.js 22.12 and later do.
    const problems = analysis.problems.filter(
      (problem) =>
        problem.kind !== 'CJSResolvesToESM' &&
        !('resolutionKind' in problem && problem.resolutionKind === 'node10'),
    );
    expect(problems).toEqual([]);
  });

  it(`is smaller than ${largest[name]} bytes`, async () => {
    const { outputFiles } = await build({
      entryPoints: [path.join(builtPackage(name), 'index.js')],
      bundle: true,
      minify: true,
      write: false,
      platform: 'node',
      format: 'esm',
      packages: 'external',
    });
    const [bundle] = outputFiles;
    console.log(`${name}: ${bundle?.contents.length ?? 0} bytes minified`);
    expect(bundle?.contents.length).toBeGreaterThan(500);
    expect(bundle?.contents.length).toBeLessThan(largest[name]);
  });
});
