import { existsSync } from 'node:fs';
import path from 'node:path';

import type { Technique } from './techniques.ts';

/** Error about a function that is not built. Its message explains how to build it. */
export class MissingBuildError extends Error {
  override readonly name = 'MissingBuildError';

  /** @param missing file, relative to the folder */
  constructor(technique: Technique, folder: string, missing: string) {
    super(`${folder} has no ${missing}: run \`npx nx build ${technique}\` first.`);
  }
}

/**
 * Returns the entry points of a function: the handler, and the files that threads start from. No import leads to them, so a
 * bundler can leave them out without an error.
 *
 * @returns paths in the built folder
 */
export function entryFiles(technique: Technique): readonly string[] {
  return ['handler.js', ...(threadEntries[technique] ?? [])];
}

const threadEntries: Readonly<Partial<Record<Technique, readonly string[]>>> = {
  'worker-threads': ['work.js', 'entry/worker.js'],
};

/**
 * Returns the built folder of a function, which Lambda runs unchanged.
 *
 * @param apps folder of the functions
 * @throws {MissingBuildError} if an entry point is missing
 */
export function builtFolder(apps: string, technique: Technique): string {
  const folder = path.join(apps, technique, 'dist');
  const missing = entryFiles(technique).find((file) => !existsSync(path.join(folder, file)));
  if (missing !== undefined) throw new MissingBuildError(technique, folder, missing);
  return folder;
}
