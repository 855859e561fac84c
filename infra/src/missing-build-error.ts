import type { Technique } from './techniques.ts';

/** A function is to be deployed that has not been built, or not whole: its message says how to build it. */
export class MissingBuildError extends Error {
  override readonly name = 'MissingBuildError';

  /** @param missing the file that is not there, relative to the folder */
  constructor(technique: Technique, folder: string, missing: string) {
    super(`${folder} holds no ${missing}: run \`npx nx build ${technique}\` first.`);
  }
}
