import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build } from 'esbuild';
import { publint } from 'publint';
import { describe, expect, it } from 'vitest';

import { publishedPackages } from '../src/published.ts';
import { installCommand } from './install-command.ts';

/** The maximum in bytes, minified, of what a function gets of a whole package, without its dependencies. */
const defaultMaxBytes = 10_000;
const maxBytes: Readonly<Record<string, number>> = {
  // No function imports all of it: what a function gets is measured below.
  batch: 40_500,
  // Runs at synthesis only.
  cdk: 15_000,
  sqs: 15_000,
};

/**
 * The maximum in bytes of what a function gets of `@parallel-lambda/batch` by importing this. Every function has `batchHandler`;
 * the rest is for those that use it.
 */
const maxImportBytes: Readonly<Record<string, number>> = {
  batchHandler: 20_000,
  'batchHandler, checked': 22_500,
  'batchHandler, checked, retried, within, grouped': 28_700,
  'batchHandler, adaptive': 31_700,
  checked: 5_000,
  retried: 6_000,
  within: 5_000,
  grouped: 5_000,
};

/** The maximum in bytes of a handler with a technique, without tinypool and Effect: what a function gets of both packages. */
const maxHandlerBytes = {
  'promise-workers': ['promiseWorkers', 27_200],
  'thread-workers': ['threadWorkers', 31_000],
  'fiber-workers': ['fiberWorkers', 31_200],
} as const;

const distOf = (package_: string): string =>
  publishedPackages.find(({ name }) => name === package_)?.dist ?? package_;

/**
 * Bundles a module with `batch`, from its sources, but without other dependencies.
 *
 * @returns the bytes of each file in the bundle
 */
async function bundledBytes(contents: string, folder: string): Promise<Readonly<Record<string, number>>> {
  const { metafile } = await build({
    stdin: { contents, resolveDir: folder },
    absWorkingDir: folder,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    external: ['effect', 'tinypool', '@opentelemetry/*', '@aws-sdk/*', 'aws-cdk-lib', 'constructs'],
  });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return Object.fromEntries(inputs.map(([file, { bytesInOutput }]) => [file, bytesInOutput]));
}

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);

/** Returns the bytes of the files of this package. */
async function minifiedBytes(dist: string, exported = '*', entry = 'index'): Promise<number> {
  const bytes = await bundledBytes(`export ${exported} from './${entry}.js';`, dist);
  return sum(Object.entries(bytes).flatMap(([file, size]) => (file.startsWith('..') ? [] : [size])));
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

  it('has a description, and the range of Node.js versions', async () => {
    expect(manifest).toMatchObject({ license: 'MIT-0', engines: { node: '>=22.12.0' } });
    expect(manifest).toHaveProperty('description');
    expect(await readFile(path.join(dist, 'README.md'), 'utf8')).toContain('npm install ');
  });
});

describe('a bundle contains little more than the imports', () => {
  const dist = distOf('batch');

  it.each(Object.entries(maxImportBytes))('{ %s } is smaller than %i bytes', async (names, max) => {
    const bytes = await minifiedBytes(dist, `{ ${names} }`);
    expect(bytes).toBeGreaterThan(500);
    expect(bytes).toBeLessThan(max);
  });

  it.each(Object.entries(maxHandlerBytes))('a handler with %s: %j', async (name, [technique, max]) => {
    const bytes = await bundledBytes(
      `export { batchHandler } from '@parallel-lambda/batch'; export { ${technique} } from './index.js';`,
      distOf(name),
    );
    expect(sum(Object.values(bytes))).toBeGreaterThan(max * 0.9);
    expect(sum(Object.values(bytes))).toBeLessThan(max);
  });

  it('a decoder brings no other decoder', async () => {
    expect(await minifiedBytes(dist, '{ isTombstone }', 'decode/index')).toBeLessThan(200);
    expect(await minifiedBytes(dist, '{ base64 }', 'decode/index')).toBeLessThan(1_500);
    expect(await minifiedBytes(dist, '*', 'decode/index')).toBeLessThan(5_000);
  });
});
