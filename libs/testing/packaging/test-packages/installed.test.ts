import { globSync } from 'node:fs';
import path from 'node:path';

import { build } from 'esbuild';
import { inject, beforeAll, describe, expect, it } from 'vitest';

import { failures, invoke } from './invoke.ts';
import { Project, readmeBlock, readmeFile } from './project.ts';
import { exampleOf, examples, readmeOf, threadsGuide, urlExamples } from './readmes.ts';
import { startService } from './service.ts';

/** Texts to factor. The third and the fifth are not valid numbers. */
const numbers = ['12', '97', 'twelve', '360360', '-1', '7919'];
const badNumbers = [2, 4];
const threadsReadme = readmeOf('thread-workers');

let project: Project;

beforeAll(async () => {
  project = await Project.installed('installed');
  for (const file of ['src/work.ts', 'src/handler.ts']) {
    await project.write(file, await readmeFile(threadsReadme, file));
  }
  for (const name of examples) await project.write(`src/${name}.ts`, await exampleOf(name));
  await compile('unbundled', { bundle: false });
});

describe('thread workers', () => {
  it('run as the guide bundles them by esbuild', async () => {
    await project.write('build.mjs', await readmeFile(threadsGuide, 'build.mjs'));
    await project.run('node', 'build.mjs');
    const result = await invoke(project.path('dist'), 'handler.handler', numbers);
    expect(failures(result)).toEqual(badNumbers);
    expect(result.log).toContain('7919 7919');
  });

  it('run with conditions of the bundler, which make packages resolve differently', async () => {
    const script = await readmeFile(threadsGuide, 'build.mjs');
    await project.write(
      'build-conditions.mjs',
      script
        .replace("'dist'", "'dist-conditions'")
        .replace("format: 'esm',", "format: 'esm', conditions: ['node'],"),
    );
    await project.run('node', 'build-conditions.mjs');
    await project.write('dist-conditions/package.json', { type: 'module' });
    const result = await invoke(project.path('dist-conditions'), 'handler.handler', numbers);
    expect(failures(result)).toEqual(badNumbers);
  });

  it("run as CDK's NodejsFunction bundles them", async () => {
    await project.link(path.join(inject('project'), 'package-lock.json'), 'package-lock.json');
    await project.write('orders.ts', await readmeBlock(threadsGuide));
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
    const result = await invoke(inject('project'), 'installed/unbundled/handler.handler', numbers);
    expect(failures(result)).toEqual(badNumbers);
  });
});

describe.each(urlExamples)('the example of %s', (name) => {
  it.each(['bundled', 'unbundled'])('processes a batch: %s', async (how) => {
    await using service = await startService();
    if (how === 'bundled')
      await compile(`bundled-${name}`, { entryPoints: [`src/${name}.ts`], bundle: true });
    const folder = how === 'bundled' ? `bundled-${name}` : 'unbundled';
    const urls = ['/', '/broken', '/', '/broken'].map((route) => `${service.url}${route}`);
    const result = await invoke(inject('project'), `installed/${folder}/${name}.handler`, urls);
    expect(failures(result)).toEqual([1, 3]);
  });
});

/** Compiles the project's `src`, or `entryPoints`, by esbuild. */
async function compile(outdir: string, options: { bundle: boolean; entryPoints?: string[] }): Promise<void> {
  await build({
    ...{ entryPoints: ['src/*.ts'], outdir, absWorkingDir: project.folder },
    ...{ format: 'esm', platform: 'node', ...options },
  });
}
