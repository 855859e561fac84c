import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { codeBlocks, documents, root } from './documents.ts';
import { labHelp } from './lab-help.ts';

interface Manifest {
  readonly bin?: Record<string, string>;
  readonly scripts?: Record<string, string>;
  readonly name?: string;
  readonly nx?: Project;
}

interface Project {
  readonly name?: string;
  readonly targets?: Record<string, unknown>;
}

const manifests = globSync('{apps,libs,libs/lab,libs/testing}/*/package.json', { cwd: root })
  .concat('infra/package.json')
  .map(read)
  // A project without a package.
  .concat({ nx: read('docs/project.json') });
const binaries = manifests.flatMap(({ bin }) => Object.keys(bin ?? {}));
const lines = documents.flatMap((document) =>
  codeBlocks(document, 'sh').flatMap(({ code }) =>
    code
      .split('\n')
      .map((line) => line.replace(/#.*/, '').trim())
      .filter((line) => line !== '')
      .map((line) => [document, line] as const),
  ),
);

it('the README tries the project and runs its tests with one command each', () => {
  const commands = lines.filter(([document]) => document === 'README.md').map(([, line]) => line);
  expect(commands).toEqual(expect.arrayContaining(['npm ci && npm start', 'npm ci && npm test']));
});

it.each(lines)('%s: %s', (_, line) => {
  for (const command of line.split(' && ')) check(words(command));
});

function check([program, ...args]: readonly string[]): void {
  if (program === 'npm') {
    const known = ['ci', 'test', 'start', 'run', 'install', 'init', 'pkg'];
    expect(known).toContain(args[0]);
    if (args[0] === 'run') expect(Object.keys(read('package.json').scripts ?? {})).toContain(args[1]);
    return;
  }
  expect(program).toBe('npx');
  const [tool, ...rest] = args;
  // `parallel-lambda` is the name of the published command line.
  if (tool === 'lab' || tool === 'parallel-lambda') {
    checkLab(rest);
    return;
  }
  if (binaries.includes(tool ?? '')) return;
  // `npx @parallel-lambda/thread-workers` runs the package's only program.
  const published = manifests.find(({ name }) => name === tool);
  if (published?.bin) {
    expect(Object.keys(published.bin)).toHaveLength(1);
    return;
  }
  expect(tool).toBe('nx');
  const [target = '', project = '', ...options] = rest;
  if (['run-many', 'affected', 'release', 'generate'].includes(target)) return;
  const manifest = manifests.find(({ nx }) => nx?.name === project);
  expect(Object.keys(manifest?.nx?.targets ?? {}), `the targets of ${project}`).toContain(target);
  if (['invoke', 'compare', 'tune', 'draw', 'plan'].includes(target))
    checkLab([target, ...(target === 'invoke' ? [project] : []), ...options]);
}

const help = labHelp();

/** Checks the options of a command against its help. */
function checkLab(args: readonly string[]): void {
  const [command = ''] = args;
  for (const option of args.filter((arg) => arg.startsWith('--'))) {
    expect(help.get(command)).toContain(option.replace(/=.*/, ''));
  }
}

/** Splits a command like a shell, with single quotes only. */
function words(command: string): readonly string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

function read(file: string): Manifest & Project {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Manifest & Project;
}
