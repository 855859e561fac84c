import { InvalidOptionError, ParallelLambdaError } from '@parallel-lambda/batch';
import { describe } from '@parallel-lambda/batch/technique';

import { findFile } from './thread-file.ts';

/** The work module could not be loaded. If no thread can load it, the messages of the batch fail with this error. */
export class WorkModuleError extends ParallelLambdaError {
  override readonly name = 'WorkModuleError';
}

/**
 * Finds the work module. Where a function runs from its TypeScript sources, as in Vitest, tsx or Node.js itself,
 * `./work.js` is `./work.ts`.
 *
 * @param work the option of that name
 * @throws {InvalidOptionError} when it is not the URL of a file, or there is no such file
 */
export function findWorkModule(work: unknown): URL {
  const href = (work as URL | undefined | null)?.href;
  // Not by its class: a test environment can have another `URL` than Node.js.
  if (typeof href !== 'string' || !href.startsWith('file:')) {
    throw new InvalidOptionError(
      `work must be the URL of a module, such as new URL('./work.js', import.meta.url), not ${describe(work)}.`,
    );
  }
  const found = findFile(new URL(href), new URL(href.replace(/js$/, 'ts')));
  if (found) return found;
  throw new InvalidOptionError(
    `Cannot find the work module ${new URL(href).pathname}. In a bundle it must be an entry point.`,
  );
}
