import path from 'node:path';

import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

import { Project, readmeFile } from './project.ts';
import { exampleOf, examples, readmeOf } from './readmes.ts';

let modules: Project;
let commonJs: Project;

beforeAll(async () => {
  modules = await Project.installed('types-of-modules');
  commonJs = await Project.installed('types-of-commonjs', 'commonjs');
  for (const file of ['src/work.ts', 'src/handler.ts']) {
    await modules.write(file, await readmeFile(readmeOf('thread-workers'), file));
  }
  for (const name of examples) {
    for (const project of [modules, commonJs]) await project.write(`src/${name}.ts`, await exampleOf(name));
  }
  await commonJs.write(
    'src/threads.ts',
    `import { batchHandler } from '@parallel-lambda/batch';
     import { threadWorkers } from '@parallel-lambda/thread-workers';
     import { threadEntries } from '@parallel-lambda/thread-workers/esbuild';
     import { threadHooks } from '@parallel-lambda/thread-workers/nodejs-function';
     import { pathToFileURL } from 'node:url';
     export const handler = batchHandler(threadWorkers({ work: pathToFileURL(require.resolve('./work')) }));
     export const build = { plugins: [threadEntries()], hooks: threadHooks({ work: 'src/work.ts' }) };`,
  );
});

describe("the READMEs' examples compile as ES modules", () => {
  it.each([
    ['nodenext', { module: 'nodenext' }],
    ['node16', { module: 'node16' }],
    ['bundler', { module: 'esnext', moduleResolution: 'bundler' }],
    ["a bundler's", { module: 'esnext', moduleResolution: 'bundler', customConditions: ['module'] }],
  ])('with %s resolution', (_, options) => {
    expect(typeErrors(modules, options)).toEqual([]);
  });
});

describe("the READMEs' examples compile as CommonJS", () => {
  it.each([
    ['nodenext', { module: 'nodenext' }],
    ['bundler', { module: 'commonjs', moduleResolution: 'bundler' }],
  ])('with %s resolution', (_, options) => {
    expect(typeErrors(commonJs, options)).toEqual([]);
  });

  // Under these CommonJS cannot import Effect itself.
  it.each([
    ['node16', { module: 'node16' }],
    ['node10', { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' }],
  ])('with %s resolution, except for the one with Effect', (_, options) => {
    const errors = typeErrors(commonJs, options);
    expect(errors.filter((error) => !error.startsWith('src/fiber-workers.ts: '))).toEqual([]);
  });
});

/** Files that are parsed once, for all programs. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/**
 * Type-checks a project's `src`, and the declarations of the packages that it imports.
 *
 * @returns each error with its file
 */
function typeErrors(project: Project, moduleOptions: object): readonly string[] {
  const { options } = ts.convertCompilerOptionsFromJson(
    {
      ...{ target: 'es2024', lib: ['es2024', 'esnext.disposable', 'dom'], types: ['node'], noEmit: true },
      ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, ...moduleOptions },
    },
    project.folder,
  );
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getCurrentDirectory = () => project.folder;
  host.getSourceFile = (file, version, ...rest) => {
    const format = typeof version === 'object' ? version.impliedNodeFormat : undefined;
    const key = `${format ?? ''} ${file}`;
    if (!parsed.has(key)) parsed.set(key, getSourceFile(file, version, ...rest));
    return parsed.get(key);
  };
  const program = ts.createProgram(ts.sys.readDirectory(project.path('src'), ['.ts']), options, host);
  const checked = program
    .getSourceFiles()
    .filter(({ fileName }) => /\/node_modules\/@parallel-lambda\/|\/src\/[^/]+$/.test(fileName));
  expect(checked.some(({ fileName }) => fileName.includes('/node_modules/'))).toBe(true);
  return [
    ...program.getOptionsDiagnostics(),
    ...checked.flatMap((file) => ts.getPreEmitDiagnostics(program, file)),
  ].map(
    ({ file, messageText }) => `${path.relative(project.folder, file?.fileName ?? '')}: ${text(messageText)}`,
  );
}

function text(message: string | ts.DiagnosticMessageChain): string {
  return ts.flattenDiagnosticMessageText(message, '\n');
}
