import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { invoke } from './invoke.ts';
import { Project, readmeBlock } from './project.ts';
import { startService } from './service.ts';

const guide = path.resolve(import.meta.dirname, '../../../../docs/get-started.md');

/** It needs Effect 3, so it cannot be installed in this workspace, which has Effect 4. */
let project: Project;

beforeAll(async () => {
  project = await Project.create();
  await project.write('package.json', { name: 'orders', private: true, type: 'module' });
  await project.run(
    ...(['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund'] as const),
    ...['@effect-aws/lambda@1.5.1', 'effect@3.22.4'],
    ...['@effect/platform@0.97.2', '@effect/platform-node-shared@0.61.1'],
  );
  await project.write('handler.js', await readmeBlock(guide, 0, 'js'));
}, 120_000);

afterAll(() => project[Symbol.asyncDispose]());

it('with @effect-aws/lambda, a batch is processed', async () => {
  await using service = await startService();
  const urls = ['/', '/'].map((route) => `${service.url}${route}`);
  expect(await invoke(project.folder, 'handler.handler', urls)).toMatchObject({ status: 'success' });
});

it('with @effect-aws/lambda, one failed message redelivers the whole batch', async () => {
  await using service = await startService();
  const urls = ['/', '/broken', '/', '/broken'].map((route) => `${service.url}${route}`);
  expect(await invoke(project.folder, 'handler.handler', urls)).toMatchObject({
    status: 'error',
    error: { errorMessage: expect.stringContaining('Effect.tryPromise') as string },
  });
});
