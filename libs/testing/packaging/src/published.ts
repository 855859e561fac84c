import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { Manifest } from './manifest.ts';

const workspace = path.resolve(import.meta.dirname, '../../../..');

/** A library that is published. */
export interface PublishedPackage {
  /** Name without the scope: `batch`. */
  readonly name: string;
  readonly manifest: Manifest;
  /** The folder that is published. */
  readonly dist: string;
}

/** The libraries that are published: those whose manifest is not private. */
export const publishedPackages: readonly PublishedPackage[] = globSync('libs/*/package.json', {
  cwd: workspace,
})
  .map((file) => path.join(workspace, file))
  .map((file) => ({ file, manifest: JSON.parse(readFileSync(file, 'utf8')) as Manifest }))
  .filter(({ manifest }) => manifest.private !== true)
  .map(({ file, manifest }) => ({
    name: path.basename(manifest.name),
    manifest,
    dist: path.join(path.dirname(file), 'dist'),
  }));
