import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, it } from 'vitest';

import { findNodeIn, type NodePlaces } from '../src/find-node.ts';

const own = { version: '24.1.0', program: '/usr/bin/node' };

/** A home folder with these programs and files. */
async function homeWith(files: readonly string[]) {
  const folder = await mkdtempDisposable(path.join(tmpdir(), 'home-'));
  for (const file of files) {
    await mkdir(path.dirname(path.join(folder.path, file)), { recursive: true });
    await writeFile(path.join(folder.path, file), '{"version":"22.7.0"}');
  }
  const places: NodePlaces = {
    own,
    managers: [
      [path.join(folder.path, 'nvm'), 'bin/node'],
      [path.join(folder.path, 'fnm'), 'installation/bin/node'],
    ],
    npx: path.join(folder.path, '_npx'),
  };
  const find = (runtime: string, install?: (major: number) => string): string | undefined => {
    const program = findNodeIn(runtime, places, install);
    return program === undefined || program === own.program ? program : path.relative(folder.path, program);
  };
  return { find, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

it('is that of this process for its own version', async () => {
  await using home = await homeWith(['nvm/v24.9.0/bin/node']);
  expect(home.find('nodejs24.x')).toBe(own.program);
});

it('is the newest of the version that a version manager has installed', async () => {
  await using home = await homeWith([
    'nvm/v22.9.0/bin/node',
    'nvm/v22.13.1/lib/node',
    'fnm/v22.10.0/installation/bin/node',
    'fnm/v23.0.0/installation/bin/node',
  ]);
  expect(home.find('nodejs22.x')).toBe('fnm/v22.10.0/installation/bin/node');
});

it('is that of the package node in the cache of npx', async () => {
  const folder = '_npx/0a1b/node_modules/node';
  await using home = await homeWith([`${folder}/package.json`, `${folder}/bin/node`, '_npx/empty/x']);
  expect(home.find('nodejs22.x')).toBe(`${folder}/bin/node`);
  expect(home.find('nodejs23.x')).toBeUndefined();
});

it('is that of the package of this platform in the cache of npx', async () => {
  const folder = `_npx/0a1b/node_modules/node-${process.platform}-${process.arch}`;
  await using home = await homeWith([`${folder}/package.json`, `${folder}/bin/node`]);
  expect(home.find('nodejs22.x')).toBe(`${folder}/bin/node`);
});

it('is installed only if it is missing and can run the client', async () => {
  await using home = await homeWith(['nvm/v22.9.0/bin/node']);
  const installed: number[] = [];
  const install = (major: number): string => {
    installed.push(major);
    return own.program;
  };
  for (const runtime of ['nodejs22.x', 'nodejs24.x', 'nodejs18.x', 'python3.13']) home.find(runtime, install);
  expect(installed).toEqual([]);
  expect(home.find('nodejs26.x', install)).toBe(own.program);
  expect(installed).toEqual([26]);
});

it.each(['nodejs18.x', 'nodejs2.x', 'python3.13'])(
  'is not looked for where the client does not run: %s',
  async (runtime) => {
    await using home = await homeWith(['nvm/v18.1.0/bin/node', 'nvm/v22.1.0/bin/node']);
    expect(home.find(runtime)).toBeUndefined();
  },
);
