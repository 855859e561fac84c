#!/usr/bin/env node
/** `bundle-threads <work module> --outdir <folder>`: what a function with threads needs beside its handler. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { threadEntries } from './esbuild.ts';

const usage =
  'Usage: bundle-threads <work module>... --outdir <folder> [--minify] [--sourcemap] [--external <name>]...';

const { values, positionals } = readArguments();
const { outdir, minify, sourcemap, external } = values;
const esbuild = await loadEsbuild();
await esbuild.build({
  entryPoints: [...positionals],
  outdir,
  minify,
  sourcemap,
  external,
  bundle: true,
  platform: 'node',
  format: 'esm',
  plugins: [threadEntries()],
});
await declareModules(path.join(outdir, 'package.json'));

function readArguments() {
  try {
    const parsed = parseArgs({
      allowPositionals: true,
      options: {
        outdir: { type: 'string', default: '' },
        minify: { type: 'boolean', default: false },
        sourcemap: { type: 'boolean', default: false },
        external: { type: 'string', multiple: true, default: [] },
      },
    });
    for (const module of parsed.positionals) {
      if (!existsSync(module)) throw new Error(`There is no work module ${path.resolve(module)}`);
    }
    if (parsed.positionals.length > 0 && parsed.values.outdir !== '') return parsed;
    throw new Error('The work module or --outdir is missing');
  } catch (error) {
    return fail(`${(error as Error).message}\n${usage}`);
  }
}

/** The user's own, so that the threads are built with what the handler is built with. */
async function loadEsbuild() {
  try {
    return await import('esbuild');
  } catch {
    return fail('esbuild is not installed: npm install --save-dev esbuild');
  }
}

/** The files are `.js`, which Node takes for CommonJS where no manifest says otherwise. */
async function declareModules(file: string): Promise<void> {
  const manifest = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as object) : {};
  await writeFile(file, `${JSON.stringify({ ...manifest, type: 'module' }, undefined, 2)}\n`);
}

function fail(reason: string): never {
  console.error(`bundle-threads: ${reason}`);
  process.exit(1);
}
