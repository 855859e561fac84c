import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, it } from 'vitest';

import type { Assembly } from '../src/assembly/read-assembly.ts';
import { watchAssembly } from '../src/watch-assembly.ts';

const fixture = path.resolve(import.meta.dirname, 'fixtures/assembly');

it('reports an assembly that was synthesized again, also if its folder was missing in between', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'lab-'));
  await cp(fixture, folder, { recursive: true });
  const { promise: changed, resolve: onChange, reject: onError } = Promise.withResolvers<Assembly>();
  const watching = watchAssembly(folder, { onChange, onError });
  const manifest = await readFile(path.join(folder, 'manifest.json'));
  await rm(folder, { recursive: true });
  await cp(fixture, folder, { recursive: true });
  await writeFile(path.join(folder, 'manifest.json'), Buffer.concat([manifest, Buffer.from('\n')]));
  const { functions } = await changed;
  expect(functions.map(({ name }) => name)).toContain('promises');
  watching[Symbol.dispose]();
  await rm(folder, { recursive: true });
});
