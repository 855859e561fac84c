import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

import { installCommand } from './install-command.ts';
import { invoke } from './invoke.ts';
import { Project, readmeFile } from './project.ts';
import { readmeOf, threadsGuide } from './readmes.ts';

const threadsReadme = readmeOf('thread-workers');
const goodWork = 'export default () => {};';
let projects = 0;

/** Builds the function by the README's program, with this work. Returns the function's folder. */
async function build(work: string): Promise<Project> {
  const project = await Project.installed(`refused-${projects++}`);
  await project.write('src/handler.ts', await readmeFile(threadsReadme, 'src/handler.ts'));
  await project.write('build.mjs', await readmeFile(threadsGuide, 'build.mjs'));
  await project.write('src/work.ts', work);
  await project.run('node', 'build.mjs');
  return new Project(project.path('dist'));
}

/** Starts the function, which must fail in INIT. Returns the error. */
async function initError(
  { folder }: Project,
  environment: Record<string, string> = {},
  handler = 'handler.handler',
) {
  const result = await invoke(folder, handler, [], environment);
  if (result.status === 'success') throw new Error('The function started');
  expect(result.log).toMatch(/INIT_REPORT .*Status: error/);
  return result.error;
}

describe.concurrent('one error, while the function starts, for', () => {
  it.each([
    ['no default export', 'export const work = () => {};', 'TypeError: Its default export must be the work'],
    ['a throw', 'throw new Error("No DATABASE_URL"); export default () => {};', 'Error: No DATABASE_URL'],
  ])('a work module with %s', async (_, work, why) => {
    const project = await build(work);
    const { errorType, errorMessage } = await initError(project);
    expect(errorType).toBe('WorkModuleError');
    expect(errorMessage.split('\n')).toHaveLength(1);
    expect(errorMessage).toContain(`The work module /var/task/work.js could not be loaded: '${why}`);
  });

  it('a work module that ends its thread', async () => {
    const project = await build('process.exit(3); export default () => {};');
    const { errorMessage } = await initError(project);
    expect(errorMessage).toContain(
      `A thread exited with code 3 while it loaded the work module /var/task/work.js`,
    );
  });

  it('a pool whose threads cannot start', async () => {
    const project = await build(goodWork);
    await project.write('entry/worker.js', 'throw new Error("No memory");');
    expect(await initError(project)).toMatchObject({
      errorMessage: "A thread could not be started: 'Error: No memory'",
    });
  });

  it('a process that may not have threads', async () => {
    const project = await build(goodWork);
    expect(await initError(project, { NODE_OPTIONS: '--permission --allow-fs-read=*' })).toMatchObject({
      errorMessage: expect.stringContaining('--allow-worker') as string,
    });
  });

  it.each([
    ['work.js', 'Cannot find the work module '],
    ['entry/worker.js', 'which threads start from. Add it by threadEntries()'],
  ])('a bundle without %s', async (file, expected) => {
    const project = await build(goodWork);
    await rm(project.path(file));
    const { errorMessage } = await initError(project);
    expect(errorMessage).toContain(expected);
    expect(errorMessage).toContain(`/var/task/${file}`);
  });

  it('a CommonJS bundle', async () => {
    const project = await Project.installed('refused-commonjs');
    await project.write(
      'src/commonjs.ts',
      `import { batchHandler } from '@parallel-lambda/batch';
       import { threadWorkers } from '@parallel-lambda/thread-workers';
       export const handler = batchHandler(threadWorkers({ work: new URL('./work.js', import.meta.url) }));`,
    );
    await project.run(
      'npx',
      'esbuild',
      'src/commonjs.ts',
      '--bundle',
      '--platform=node',
      '--outfile=handler.cjs',
    );
    expect(await initError(project)).toMatchObject({
      errorType: 'BundleError',
      errorMessage: expect.stringContaining('cannot run as CommonJS: bundle as esm') as string,
    });
  });

  it('a bundle that holds the CommonJS of thread workers', async () => {
    const project = await Project.installed('refused-conditions');
    await project.write('src/handler.ts', await readmeFile(threadsReadme, 'src/handler.ts'));
    const options = ['--bundle', '--platform=node', '--format=esm', '--conditions=production'];
    await project.run('npx', 'esbuild', 'src/handler.ts', ...options, '--outfile=handler.js');
    expect(await initError(project)).toMatchObject({
      errorMessage: expect.stringContaining("Add 'module' to your bundler's conditions") as string,
    });
  });

  it('fiber workers without their peer', async () => {
    await using project = await Project.create();
    await project.write('package.json', { type: 'module' });
    for (const name of ['batch', 'fiber-workers']) {
      const [, tarball = ''] = installCommand([name]);
      const folder = `node_modules/@parallel-lambda/${name}`;
      await project.write(`${folder}/.installed`, '');
      await project.run('tar', '-xzf', tarball, '-C', folder, '--strip-components=1');
    }
    await project.write(
      'fibers.js',
      `import { fiberWorkers } from '@parallel-lambda/fiber-workers';
       export const handler = fiberWorkers({ work: () => undefined });`,
    );
    expect(await initError(project, {}, 'fibers.handler')).toMatchObject({
      errorMessage: expect.stringMatching(/'effect.*fiber-workers/s) as string,
    });
  });

  it.each(['18.20.8', '20.19.0'])('Node.js %s', async (version) => {
    const project = await build(goodWork);
    const start = `import(${JSON.stringify(project.path('handler.js'))})`;
    // The local Lambda has only the Node.js of this test. Another version prints a rejected import to stderr.
    const run = promisify(execFile)('npx', ['--yes', `--package=node@${version}`, 'node', '-e', start]);
    await expect(run).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`Node.js 22.12 or later is needed, not ${version}`) as string,
    });
  });
});
