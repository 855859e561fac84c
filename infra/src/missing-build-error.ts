import type { Technique } from './techniques.ts';

/** A function is to be deployed that has not been built: its message says how to build it. */
export class MissingBuildError extends Error {
  override readonly name = 'MissingBuildError';

  constructor(technique: Technique, folder: string) {
    super(`${folder} holds no handler.js: run \`npx nx build ${technique}\` first.`);
  }
}
