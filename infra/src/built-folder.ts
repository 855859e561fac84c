import path from 'node:path';
import { existsSync } from 'node:fs';
import type { Technique } from './techniques.ts';

/** A function is to be deployed that has not been built, or not whole: its message says how to build it. */
export class MissingBuildError extends Error {
  override readonly name = 'MissingBuildError';

  /** @param missing the file that is not there, relative to the folder */
  constructor(technique: Technique, folder: string, missing: string) {
    super(`${folder} holds no ${missing}: run \`npx nx build ${technique}\` first.`);
  }
}

/**
 * What Lambda, and the function itself, load by name and no import leads to: the handler, and the files that
 * threads start from. A bundler can forget them in silence, so each is looked for before it is deployed.
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
 * The folder that the build of a function made: Lambda runs it as it is.
 *
 * @param apps the folder of the functions
 * @returns the folder's path
 * @throws {MissingBuildError} when it does not hold `handler.js` and the files that its threads start from
 */
export function builtFolder(apps: string, technique: Technique): string {
  const folder = path.join(apps, technique, 'dist');
  const missing = entryFiles(technique).find((file) => !existsSync(path.join(folder, file)));
  if (missing !== undefined) throw new MissingBuildError(technique, folder, missing);
  return folder;
}
