import path from 'node:path';

import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { installCommand } from './install-command.ts';
import { failures, invoke } from './invoke.ts';
import { Project, readmeFile, workspaceModules } from './project.ts';
import { readmeOf, threadsGuide } from './readmes.ts';

/** Texts to factor. The second is not a valid number. */
const numbers = ['12', 'twelve', '7919'];
const threadsReadme = readmeOf('thread-workers');

let workspace: Project;
/** A package of the workspace, whose dependencies pnpm links instead of copying them. */
let project: Project;

beforeAll(async () => {
  workspace = await Project.create();
  await workspace.write('pnpm-workspace.yaml', 'packages: [packages/*]\nstoreDir: store\n');
  await workspace.write('package.json', { name: 'root', private: true });
  project = new Project(workspace.path('packages/orders'));
  await project.write('package.json', { name: 'orders', private: true, type: 'module' });
  for (const file of ['src/work.ts', 'src/handler.ts']) {
    await project.write(file, await readmeFile(threadsReadme, file));
  }
  await project.write('build.mjs', await readmeFile(threadsGuide, 'build.mjs'));
  const [, ...tarballs] = installCommand(['batch', 'thread-workers']);
  await project.run(path.join(workspaceModules, '.bin/pnpm'), 'add', '--prefer-offline', ...tarballs);
  await project.link(path.join(workspaceModules, 'esbuild'), 'node_modules/esbuild');
});

afterAll(() => workspace[Symbol.asyncDispose]());

it('threads run as the README has them bundled by esbuild', async () => {
  await project.run('node', 'build.mjs');
  expect(failures(await invoke(project.path('dist'), 'handler.handler', numbers))).toEqual([1]);
});

it('threads run beside a handler of another bundler, by the command that the package installs', async () => {
  await build({
    ...{ entryPoints: ['src/handler.ts'], outdir: 'other', absWorkingDir: project.folder },
    ...{ bundle: true, format: 'esm', platform: 'node' },
  });
  await project.run('node_modules/.bin/thread-workers', 'bundle', 'src/work.ts', '--outdir=other');
  expect(failures(await invoke(project.path('other'), 'handler.handler', numbers))).toEqual([1]);
});

it("threads run beside a handler of CDK's NodejsFunction, whose hook finds its own program", async () => {
  await build({
    ...{ entryPoints: ['src/handler.ts'], outdir: 'hooked', absWorkingDir: project.folder },
    ...{ bundle: true, format: 'esm', platform: 'node' },
  });
  await project.write(
    'hook.mjs',
    `import { threadHooks } from '@parallel-lambda/thread-workers/nodejs-function';
     console.log(threadHooks({ work: 'src/work.ts' }).afterBundling('.', 'hooked')[0]);`,
  );
  await project.run('bash', '-c', await project.run('node', 'hook.mjs'));
  expect(failures(await invoke(project.path('hooked'), 'handler.handler', numbers))).toEqual([1]);
});
