import type { ResolveFnOutput, ResolveHookSync } from 'node:module';

import type { Work, WorkContext } from '@parallel-lambda/batch';
import { checkWork } from '@parallel-lambda/batch/technique';

/**
 * The export `onBatchEnd` of a work module. Each thread that processed messages of a batch calls it at the end of that
 * batch, before the response: to flush telemetry, for example. The response waits for it, but the thread is terminated
 * when the grace period after the deadline is over. An error is logged and changes no outcome.
 *
 * @example
 * export const onBatchEnd: OnBatchEnd = () => provider.forceFlush();
 */
export type OnBatchEnd = (context: WorkContext) => unknown;

/** Exports of the work module. */
export interface WorkModule {
  readonly work: Work;
  readonly onBatchEnd: OnBatchEnd | undefined;
}

/**
 * Loads the work module.
 *
 * @param module its URL
 * @throws {TypeError} when an export is not a function
 * @throws {InvalidOptionError} when the work is a generator function
 * @throws the module's error
 */
export async function loadWork(module: string): Promise<WorkModule> {
  if (module.endsWith('ts')) resolveSources();
  const exports = (await import(module)) as WorkExports;
  const { default: work, onBatchEnd } = isCompiled(exports.default) ? exports.default : exports;
  if (typeof work !== 'function') {
    throw new TypeError(`Its default export must be the work, a function, not ${typeof work}.`);
  }
  checkWork('threadWorkers', work);
  if (onBatchEnd !== undefined && typeof onBatchEnd !== 'function') {
    throw new TypeError(`Its export onBatchEnd must be a function, not ${typeof onBatchEnd}.`);
  }
  return { work: work as Work, onBatchEnd: onBatchEnd as OnBatchEnd | undefined };
}

interface WorkExports {
  readonly default?: unknown;
  readonly onBatchEnd?: unknown;
}

/**
 * Returns whether a default export is a CommonJS module that was compiled from an ES module. It then holds all exports. Node.js
 * finds some of them itself; a bundle has none but the default export.
 */
function isCompiled(exported: unknown): exported is WorkExports {
  return (exported as { readonly __esModule?: unknown } | null | undefined)?.__esModule === true;
}

/**
 * Node.js resolves imports exactly as written. In TypeScript sources, `./x.js` and `./x` often mean `./x.ts`
 * or `./x/index.ts`.
 */
function resolveSources(): void {
  const resolve: ResolveHookSync = (specifier, context, next) => {
    let firstError: unknown;
    for (const candidate of [specifier, ...sourcesOf(specifier)]) {
      try {
        return asWritten(next(candidate, context));
      } catch (error) {
        firstError ??= error;
      }
    }
    throw firstError;
  };
  // Since Node.js 22.15; older versions do not load TypeScript either.
  const { registerHooks } = process.getBuiltinModule('node:module') as Partial<typeof import('node:module')>;
  registerHooks?.({ resolve });
}

/**
 * Has Node.js load a TypeScript source as the ES module that it is. In a package that is not `"type": "module"`, such as one that
 * `npm init` made, Node.js would warn or take it for CommonJS, to which a test runner or a compiler usually converts it.
 */
function asWritten(found: ResolveFnOutput): ResolveFnOutput {
  if (!/^file:.*\.ts$/.test(found.url) || found.format === 'module-typescript') return found;
  const source = process.getBuiltinModule('node:fs').readFileSync(new URL(found.url), 'utf8');
  return /^(import|export)\b(?! type\b)/m.test(source) ? { ...found, format: 'module-typescript' } : found;
}

function sourcesOf(specifier: string): readonly string[] {
  if (!/^\.\.?(\/|$)/.test(specifier)) return [];
  if (/\.[cm]?js$/.test(specifier)) return [specifier.replace(/js$/, 'ts')];
  return [`${specifier}.ts`, `${specifier}/index.ts`];
}
