import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { compile } from './compile.ts';
import { publishedManifest, type Manifest } from './manifest.ts';

/**
 * Makes of a library the folder that is published, `dist`: JavaScript with declarations, a manifest that points to
 * them, the README and the licence. The workspace itself goes on using the sources.
 *
 * @param library the library's folder, relative to the workspace
 * @param workspace where the licence is, the current folder
 */
export async function buildPackage(library: string, workspace: string): Promise<void> {
  const output = path.join(library, 'dist');
  await rm(output, { recursive: true, force: true });
  compile(path.resolve(library), path.resolve(output));
  const manifest = JSON.parse(await readFile(path.join(library, 'package.json'), 'utf8')) as Manifest;
  const published = publishedManifest(manifest, library, process.env.GITHUB_REPOSITORY);
  await writeFile(path.join(output, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`);
  await copyFile(path.join(library, 'README.md'), path.join(output, 'README.md'));
  await copyFile(path.join(workspace, 'LICENSE'), path.join(output, 'LICENSE'));
}
