import { cp } from 'node:fs/promises';
import path from 'node:path';

import type { TestProject } from 'vitest/node';

import { publishedPackages } from '../src/published.ts';
import { installCommand } from './install-command.ts';
import { Project, workspaceModules } from './project.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of a user's project, in which all packages are installed. */
    readonly project: string;
  }
}

/** Tools that the examples need beside the packages. They are linked, since installing them takes long and proves nothing. */
const tools = ['esbuild', '@types/node', 'aws-cdk-lib', 'constructs'];

/** Installs all packages once, by the README's command. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const project = await Project.create();
  await project.write('package.json', { name: 'orders', private: true, type: 'module' });
  const options = ['--omit=peer', '--prefer-offline', '--no-audit', '--no-fund'];
  await project.run('npm', ...installCommand(publishedPackages.map(({ name }) => name)), ...options);
  for (const name of tools) {
    await project.link(path.join(workspaceModules, name), 'node_modules', name);
  }
  // A function sees only its own folder, so what it imports must lie in it.
  for (const name of ['effect', '@opentelemetry/api']) {
    await cp(path.join(workspaceModules, name), project.path('node_modules', name), { recursive: true });
  }
  // CDK finds esbuild by npx.
  await project.link(path.join(workspaceModules, 'esbuild/bin/esbuild'), 'node_modules/.bin/esbuild');
  provide('project', project.folder);
  return () => project[Symbol.asyncDispose]();
}
