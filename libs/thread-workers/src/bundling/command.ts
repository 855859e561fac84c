#!/usr/bin/env node
/** `thread-workers bundle <work module> --outdir=<folder>`: writes the files that threads need beside a handler. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { threadEntries } from '../esbuild.ts';
import { optionsOf } from './esbuild-flags.ts';

const usage = `Usage: thread-workers bundle <work module>... --outdir=<folder> [esbuild flags]

Bundles each work module and the file that threads start from (entry/worker.js).
Takes the flags of esbuild: --minify --sourcemap --target=node24 --external:pg
--define:STAGE='"prod"' --loader:.sql=text --tsconfig=<file> --banner:js=<text> ...`;

const [command, ...rest] = process.argv.slice(2);
const modules = rest.filter((argument) => !argument.startsWith('--'));
const options = optionsOf(rest.filter((argument) => argument.startsWith('--')));
const outdir = checkArguments();

try {
  const esbuild = await loadEsbuild();
  await esbuild.build({
    bundle: true,
    platform: 'node',
    format: 'esm',
    ...options,
    entryPoints: modules,
    outdir,
    plugins: [threadEntries()],
  });
  await declareModules(path.join(outdir, 'package.json'));
} catch (error) {
  fail((error as Error).message);
}

function checkArguments(): string {
  if (command !== 'bundle') fail(`Unknown command ${command ?? '(none)'}: expected bundle.\n${usage}`);
  const missing = modules.find((module) => !existsSync(module));
  if (missing !== undefined) fail(`Cannot find the work module ${path.resolve(missing)}.\n${usage}`);
  const folder = options.outdir;
  if (modules.length > 0 && typeof folder === 'string') return folder;
  return fail(`The work module or --outdir=<folder> is missing.\n${usage}`);
}

/** Loads the esbuild of the project, so that handler and threads are built with the same version. */
async function loadEsbuild(): Promise<typeof import('esbuild')> {
  for (const from of [...modules.map((module) => path.resolve(module)), import.meta.filename]) {
    try {
      const file = createRequire(from).resolve('esbuild');
      return (await import(pathToFileURL(file).href)) as typeof import('esbuild');
    } catch {
      // Not installed for this file: the next may see another node_modules.
    }
  }
  return fail('Cannot find esbuild. Install it: npm install --save-dev esbuild');
}

/** Marks the `.js` files of the folder as ES modules. Node.js takes them for CommonJS otherwise. */
async function declareModules(file: string): Promise<void> {
  const manifest = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as object) : {};
  await writeFile(file, `${JSON.stringify({ ...manifest, type: 'module' }, undefined, 2)}\n`);
}

function fail(reason: string): never {
  console.error(`thread-workers: ${reason}`);
  process.exit(1);
}
