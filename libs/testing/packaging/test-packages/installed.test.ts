import { globSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { installedProject } from './installed-project.ts';
import { failures, invoke } from './invoke.ts';
import { builtPackage } from './packages.ts';
import { readmeBlock, readmeFile, type Project } from './project.ts';
import { startService } from './service.ts';

const workspaceModules = path.resolve(import.meta.dirname, '../../../../node_modules');
const threadsReadme = path.join(builtPackage('thread-workers'), 'README.md');

/** Numbers to factor, of which the third and the fifth are none. */
const numbers = ['12', '97', 'twelve', '360360', '-1', '7919'];
const badNumbers = [2, 4];

let project: Project;

beforeAll(async () => {
  project = await installedProject('effect@4.1.0', 'typescript@6.0.3', '@types/node@24.19.2');
  await project.write('src/work.ts', await readmeFile(threadsReadme, 'src/work.ts'));
  await project.write('src/handler.ts', await readmeFile(threadsReadme, 'src/handler.ts'));
  for (const name of ['batch', 'promise-workers', 'fiber-workers'] as const) {
    await project.write(`src/${name}.ts`, await readmeBlock(path.join(builtPackage(name), 'README.md')));
  }
  await project.write('tsconfig.json', tsconfig('nodenext', 'nodenext'));
  await project.run('npx', 'tsc', '--noCheck', '--outDir', 'unbundled');
}, 120_000);

afterAll(() => project[Symbol.asyncDispose]());

describe('types', () => {
  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])(
    "of the READMEs' examples are right with module %s and %s resolution",
    async (module, moduleResolution) => {
      await project.write('tsconfig.json', tsconfig(module, moduleResolution));
      await project.run('npx', 'tsc', '--noEmit');
    },
  );
});

describe('thread workers', () => {
  it('run as the README has them bundled by esbuild', async () => {
    await project.write('build.mjs', await readmeFile(threadsReadme, 'build.mjs'));
    await project.run('node', 'build.mjs');
    const result = await invoke(project.path('dist'), 'handler.handler', numbers);
    expect(failures(result)).toEqual(badNumbers);
    expect(result.log).toContain('7919 7919');
  });

  it("run as CDK's NodejsFunction bundles them", async () => {
    for (const name of ['aws-cdk-lib', 'constructs']) {
      await symlink(path.join(workspaceModules, name), project.path('node_modules', name));
    }
    await project.write('orders.ts', await readmeBlock(threadsReadme, 2));
    await project.write(
      'app.ts',
      `import { App, Stack } from 'aws-cdk-lib';
       import { orders } from './orders.ts';
       const app = new App({ outdir: 'cdk.out' });
       orders(new Stack(app, 'Orders'));
       app.synth();`,
    );
    await project.run('node', 'app.ts');
    const [asset] = globSync(project.path('cdk.out/asset.*/'));
    expect(failures(await invoke(asset ?? '', 'index.handler', numbers))).toEqual(badNumbers);
  });

  it('run without a bundler', async () => {
    const result = await invoke(project.folder, 'unbundled/handler.handler', numbers);
    expect(failures(result)).toEqual(badNumbers);
  });

  it('run in a CommonJS project without a bundler', async () => {
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
    expect(failures(await invoke(project.folder, 'commonjs/handler.handler', numbers))).toEqual([2]);
  });
});

describe.each(['batch', 'promise-workers', 'fiber-workers'])('the example of %s', (name) => {
  it.each(['bundled', 'unbundled'])('works on a batch: %s', async (how) => {
    await using service = await startService();
    if (how === 'bundled') {
      await project.run(
        ...(['npx', 'esbuild', `src/${name}.ts`, '--bundle', '--platform=node', '--format=esm'] as const),
        `--outfile=bundled/${name}.mjs`,
      );
    }
    const urls = ['/', '/broken', '/', '/broken'].map((route) => `${service.url}${route}`);
    expect(failures(await invoke(project.folder, `${how}/${name}.handler`, urls))).toEqual([1, 3]);
  });
});

function tsconfig(module: string, moduleResolution: string): object {
  return {
    compilerOptions: {
      ...{ module, moduleResolution, target: 'es2024', lib: ['es2024', 'esnext.disposable', 'dom'] },
      ...{
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        types: ['node'],
        rootDir: 'src',
      },
    },
    include: ['src'],
  };
}
