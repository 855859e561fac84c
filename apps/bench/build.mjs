/** Builds each peer into a separate folder, with the esbuild options of the three functions. */
import { cp, rm, writeFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import path from 'node:path';

import { build } from 'esbuild';

import { functionBuild } from '../../esbuild.shared.mjs';

/** Packages that start threads from their own files, so they are deployed unbundled. */
const pools = ['tinypool', 'piscina'];
const modules = path.resolve(import.meta.dirname, '../../node_modules');

await rm('dist', { recursive: true, force: true });
for (const folder of globSync('src/peers/*/')) {
  const peer = path.basename(folder);
  const outdir = path.join('dist', peer);
  await build({
    ...functionBuild(),
    entryPoints: globSync(`${folder}/{handler,work,thread}.ts`),
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    minify: true,
    external: pools,
  });
  await writeFile(path.join(outdir, 'package.json'), '{ "type": "module" }\n');
  if (pools.includes(peer)) {
    await cp(path.join(modules, peer), path.join(outdir, 'node_modules', peer), { recursive: true });
  }
}
