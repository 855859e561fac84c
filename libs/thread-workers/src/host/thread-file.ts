import { existsSync } from 'node:fs';

import { ParallelLambdaError } from '@parallel-lambda/batch';

/** The function was bundled without the files that threads need. */
export class BundleError extends ParallelLambdaError {
  override readonly name = 'BundleError';
}

// First, because the user's `new URL('./work.js', import.meta.url)` would only throw "Invalid URL".
if ((import.meta.url as string | undefined) === undefined) {
  throw new BundleError(
    'Thread workers cannot run as CommonJS: bundle as esm (NodejsFunction: OutputFormat.ESM)',
  );
}

/**
 * Returns the file that threads start from. In a bundle it is `entry/worker.js` beside the bundle.
 *
 * @throws {BundleError} when it is missing
 */
export function threadFile(): URL {
  const bundled = new URL('./entry/worker.js', import.meta.url);
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const installed = new URL(`../thread/thread.${extension}`, import.meta.url);
  const found = findFile(bundled, installed);
  if (found) return found;
  throw new BundleError(
    `Cannot find ${bundled.pathname}, which threads start from. Add it by threadEntries(), threadHooks() ` +
      'or npx @parallel-lambda/thread-workers bundle',
  );
}

/** Returns the first of some files that exists. */
export function findFile(...files: readonly URL[]): URL | undefined {
  return files.find((file) => existsSync(file));
}
