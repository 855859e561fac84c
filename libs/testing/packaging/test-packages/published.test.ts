import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build } from 'esbuild';
import { publint } from 'publint';
import { describe, expect, it } from 'vitest';

import { publishedPackages } from '../src/published.ts';
import { installCommand } from './install-command.ts';

/** The maximum in bytes, minified, without dependencies: of what a handler imports, and of everything else with it. */
const maxBytes: Readonly<Record<string, number>> = { batch: 26_000 };
const maxHandlerBytes = 24_000;
const defaultMaxBytes = 10_000;

async function minifiedBytes(dist: string, exported = '*'): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: `export ${exported} from './index.js';`, resolveDir: dist },
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

it(`batchHandler adds less than ${maxHandlerBytes} bytes to a function`, async () => {
  const dist = publishedPackages.find(({ name }) => name === 'batch')?.dist ?? '';
  expect(await minifiedBytes(dist, '{ batchHandler }')).toBeLessThan(maxHandlerBytes);
});
