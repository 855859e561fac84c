import { existsSync } from 'node:fs';
import path from 'node:path';

import { entryFiles } from './entry-files.ts';
import { MissingBuildError } from './missing-build-error.ts';
import type { Technique } from './techniques.ts';

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
