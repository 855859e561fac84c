import { existsSync } from 'node:fs';

import { describe, InvalidOptionError, ParallelLambdaError } from '@parallel-lambda/batch/technique';

/** The work module could not be loaded. If no thread can load it, the messages of the batch fail with this error. */
export class WorkModuleError extends ParallelLambdaError {
  override readonly name = 'WorkModuleError';
}

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

/**
 * Finds the work module. Where a function runs from its TypeScript sources, as in Vitest, tsx or Node.js itself,
 * `./work.js` is `./work.ts`. Where a bundler writes ES modules as `.mjs`, as tsdown and SAM do, it is `./work.mjs`.
 *
 * @param work the option of that name
 * @throws {InvalidOptionError} when it is not the URL of a file, or there is no such file
 */
export function findWorkModule(work: unknown): URL {
  // Not by its class: a test environment can have another `URL` than Node.js.
  const { href, pathname } = Object(work) as Partial<URL>;
  if (typeof href !== 'string' || !href.startsWith('file:')) {
    throw new InvalidOptionError(
      `work must be the URL of a module, such as new URL('./work.js', import.meta.url), not ${describe(work)}.`,
    );
  }
  const found = findFile(...['js', 'ts', 'mjs'].map((end) => new URL(href.replace(/js$/, end))));
  if (found) return found;
  throw new InvalidOptionError(
    `Cannot find the work module ${pathname}. In a bundle it must be an entry point.`,
  );
}

/** Returns the first of some files that exists. */
function findFile(...files: readonly URL[]): URL | undefined {
  return files.find((file) => existsSync(file));
}
