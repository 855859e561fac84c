import { existsSync } from 'node:fs';
import path from 'node:path';

import { MissingBuildError } from './missing-build-error.ts';
import type { Technique } from './techniques.ts';

/**
 * The folder that the build of a function made: Lambda runs it as it is.
 *
 * @param apps the folder of the functions
 * @returns the folder's path
 * @throws {MissingBuildError} when it holds no `handler.js`
 */
export function builtFolder(apps: string, technique: Technique): string {
  const folder = path.join(apps, technique, 'dist');
  if (!existsSync(path.join(folder, 'handler.js'))) throw new MissingBuildError(technique, folder);
  return folder;
}
