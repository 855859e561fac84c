import { build } from 'esbuild';
import { beforeAll, describe, expect, inject, it } from 'vitest';

import { entries } from '../src/manifest.ts';
import { publishedPackages } from '../src/published.ts';
import { failures, invoke } from './invoke.ts';
import { Project } from './project.ts';

/** Entry points that a user imports: `@parallel-lambda/batch`, `@parallel-lambda/thread-workers/esbuild`, … */
const specifiers = publishedPackages.flatMap(({ manifest }) =>
  Object.keys(entries(manifest)).map((entry) => manifest.name + entry.slice(1)),
);

let project: Project;

beforeAll(async () => {
  project = await Project.installed('modules');
});

it.each(specifiers)('%s is the same to import and to require', async (specifier) => {
  await project.write(
    'same.mjs',
    `import { createRequire } from 'node:module';
     import * as imported from '${specifier}';
     const required = createRequire(import.meta.url)('${specifier}');
     const same = Object.keys(required).filter((name) => imported[name] === required[name]);
     console.log(JSON.stringify([Object.keys(imported).sort(), Object.keys(required).sort(), same.sort()]));`,
  );
  const [imported, required, same] = JSON.parse(await project.run('node', 'same.mjs')) as string[][];
  expect(imported).not.toEqual([]);
  expect(required).toEqual(imported);
  expect(same).toEqual(imported);
});

it.each(specifiers)('%s exports the same names to bundlers', async (specifier) => {
  await project.write(
    'names.mjs',
    `console.log(JSON.stringify(Object.keys(await import('${specifier}')).sort()));`,
  );
  const names = JSON.parse(await project.run('node', 'names.mjs')) as string[];
  const [bundle] = Object.values((await bundled(`export * from '${specifier}';`)).metafile.outputs);
  expect(bundle?.exports.toSorted()).toEqual(names);
});

it('is once in a bundle of which one module imports it and another requires it', async () => {
  const { outputFiles } = await bundled(
    `import { InvalidEventError } from '@parallel-lambda/batch';
     console.log(require('@parallel-lambda/batch').InvalidEventError === InvalidEventError);`,
  );
  await project.write('once.mjs', outputFiles[0]?.text ?? '');
  expect(await project.run('node', 'once.mjs')).toBe('true\n');
});

describe('where require takes no ES modules, as in Jest and ts-node', () => {
  const withoutEffect = specifiers.filter((name) => name !== '@parallel-lambda/fiber-workers');

  it.each(withoutEffect)('%s can be required', async (specifier) => {
    await project.run('node', '--no-require-module', '-e', `require('${specifier}')`);
  });
});

it('runs threads in a CommonJS function without a bundler', async () => {
  await project.write('commonjs/package.json', { type: 'commonjs' });
  await project.write(
    'commonjs/handler.js',
    `const { batchHandler } = require('@parallel-lambda/batch');
     const { threadWorkers } = require('@parallel-lambda/thread-workers');
     const { pathToFileURL } = require('node:url');
     const work = pathToFileURL(require.resolve('./work.js'));
     exports.handler = batchHandler(threadWorkers({ work }));`,
  );
  await project.write(
    'commonjs/work.js',
    `module.exports = ({ text }) => { if (!Number.isInteger(Number(text))) throw new Error(text); };`,
  );
  const result = await invoke(inject('project'), 'modules/commonjs/handler.handler', ['12', 'twelve', '13']);
  expect(failures(result)).toEqual([1]);
});

/** Bundles a module of the project for Node.js, without the packages of others. */
function bundled(contents: string) {
  return build({
    stdin: { contents, resolveDir: project.folder },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    external: ['effect', 'tinypool', 'esbuild', 'aws-cdk-lib', 'constructs'],
  });
}
