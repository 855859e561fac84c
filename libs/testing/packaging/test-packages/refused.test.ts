import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { installedProject } from './installed-project.ts';
import { invoke } from './invoke.ts';
import { builtPackage } from './packages.ts';
import { readmeBlock, readmeFile, type Project } from './project.ts';

const threadsReadme = path.join(builtPackage('thread-workers'), 'README.md');
const fibersReadme = path.join(builtPackage('fiber-workers'), 'README.md');

let project: Project;

beforeAll(async () => {
  project = await installedProject('--omit=peer');
  await project.write('src/handler.ts', await readmeFile(threadsReadme, 'src/handler.ts'));
  await project.write('src/fibers.ts', await readmeBlock(fibersReadme));
  await project.write('build.mjs', await readmeFile(threadsReadme, 'build.mjs'));
}, 120_000);

afterAll(() => project[Symbol.asyncDispose]());

const goodWork = 'export default () => {};';

/** Has the README's build make the function, of this work. */
async function build(work: string): Promise<void> {
  await rm(project.path('dist'), { recursive: true, force: true });
  await project.write('src/work.ts', work);
  await project.run('node', 'build.mjs');
}

/** Starts the function, which must fail before it has seen an event. */
async function initError(environment: Record<string, string> = {}, handler = 'dist/handler.handler') {
  const result = await invoke(project.folder, handler, [], environment);
  if (result.status === 'success') throw new Error('The function started');
  expect(result.log).toMatch(/INIT_REPORT .*Status: error/);
  return result.error;
}

describe('one error, while the function starts, for', () => {
  it.each([
    ['no default export', 'export const work = () => {};', 'TypeError: Its default export must be the work'],
    ['a throw', 'throw new Error("No DATABASE_URL"); export default () => {};', 'Error: No DATABASE_URL'],
  ])('a work module with %s', async (_, work, why) => {
    await build(work);
    const { errorType, errorMessage } = await initError();
    expect(errorType).toBe('WorkModuleError');
    expect(errorMessage.split('\n')).toHaveLength(1);
    expect(errorMessage).toContain(
      `The work module ${project.path('dist/work.js')} could not be loaded: ${why}`,
    );
  });

  it('a work module that ends its thread', async () => {
    await build('process.exit(3); export default () => {};');
    const { errorMessage } = await initError();
    expect(errorMessage).toBe(
      `A thread exited with code 3 while it loaded the work module ${project.path('dist/work.js')}`,
    );
  });

  it('a pool whose threads cannot start', async () => {
    await build(goodWork);
    await project.write('dist/entry/worker.js', 'throw new Error("No memory");');
    expect(await initError()).toMatchObject({
      errorMessage: 'A thread could not be started: Error: No memory',
    });
  });

  it('a process that may not have threads', async () => {
    await build(goodWork);
    expect(await initError({ NODE_OPTIONS: '--permission --allow-fs-read=*' })).toMatchObject({
      errorMessage: expect.stringContaining('--allow-worker') as string,
    });
  });

  it.each([
    ['work.js', 'There is no work module '],
    ['entry/worker.js', 'for threads to start from. Give esbuild threadEntries()'],
  ])('a bundle without %s', async (file, expected) => {
    await build(goodWork);
    await rm(project.path('dist', file));
    const { errorMessage } = await initError();
    expect(errorMessage).toContain(expected);
    expect(errorMessage).toContain(project.path('dist', file));
  });

  it('a CommonJS bundle', async () => {
    await project.write(
      'src/commonjs.ts',
      `import { batchHandler } from '@parallel-lambda/batch';
       import { threadWorkers } from '@parallel-lambda/thread-workers';
       export const handler = batchHandler(threadWorkers({ work: new URL('./work.js', import.meta.url) }));`,
    );
    await project.run(
      ...(['npx', 'esbuild', 'src/commonjs.ts', '--bundle', '--platform=node'] as const),
      '--outfile=commonjs/handler.cjs',
    );
    expect(await initError({}, 'commonjs/handler.handler')).toMatchObject({
      errorType: 'BundleError',
      errorMessage: expect.stringContaining('cannot run as CommonJS: bundle as esm') as string,
    });
  });

  it('fiber workers without their peer', async () => {
    await project.run(
      ...(['npx', 'esbuild', 'src/fibers.ts', '--format=esm'] as const),
      '--outfile=unbundled/fibers.js',
    );
    expect(await initError({}, 'unbundled/fibers.handler')).toMatchObject({
      errorMessage: expect.stringMatching(/'effect'.*fiber-workers/) as string,
    });
  });

  it.each(['18.20.8', '20.19.0'])('Node.js %s', async (version) => {
    await build(goodWork);
    const start = `import(${JSON.stringify(project.path('dist/handler.js'))})`;
    // Not the local Lambda, which runs what runs this test. What that Node says to a rejected import is on stderr.
    const run = promisify(execFile)('npx', ['--yes', `--package=node@${version}`, 'node', '-e', start]);
    await expect(run).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        `Node.js 22.12 or later is needed, such as the runtimes nodejs22.x and nodejs24.x of Lambda, not ${version}`,
      ) as string,
    });
  });
});
