import type { ResolveHookSync } from 'node:module';

import type { Work, WorkContext } from '@parallel-lambda/batch';

/**
 * The export `onBatchEnd` of a work module. Each thread that processed messages of a batch calls it at the end of that
 * batch, before the response: to flush telemetry, for example. The response waits for it, but the thread is terminated
 * when the grace after the deadline is over. An error is logged and changes no outcome.
 *
 * @example
 * export const onBatchEnd: OnBatchEnd = () => provider.forceFlush();
 */
export type OnBatchEnd = (context: WorkContext) => unknown;

/** What a thread uses of the work module. */
export interface WorkModule {
  readonly work: Work;
  readonly onBatchEnd: OnBatchEnd | undefined;
}

/**
 * Loads the work module.
 *
 * @param module its URL
 * @throws {TypeError} when an export is not a function; else whatever the module throws
 */
export async function loadWork(module: string): Promise<WorkModule> {
  if (module.endsWith('ts')) resolveSources();
  const exports = (await import(module)) as { readonly default?: unknown; readonly onBatchEnd?: unknown };
  const { onBatchEnd } = exports;
  const work = defaultOf(exports.default);
  if (typeof work !== 'function') {
    throw new TypeError(`Its default export must be the work, a function, not ${typeof work}.`);
  }
  if (onBatchEnd !== undefined && typeof onBatchEnd !== 'function') {
    throw new TypeError(`Its export onBatchEnd must be a function, not ${typeof onBatchEnd}.`);
  }
  return { work: work as Work, onBatchEnd: onBatchEnd as OnBatchEnd | undefined };
}

/** A CommonJS module that was compiled from an ES module has its default export inside of Node's default export. */
function defaultOf(exported: unknown): unknown {
  const compiled = exported as
    { readonly __esModule?: unknown; readonly default?: unknown } | undefined | null;
  return compiled?.__esModule === true ? compiled.default : exported;
}

/** Node.js resolves imports exactly as written. In TypeScript sources, `./x.js` and `./x` often mean `./x.ts`. */
function resolveSources(): void {
  const resolve: ResolveHookSync = (specifier, context, next) => {
    try {
      return next(specifier, context);
    } catch (error) {
      if (!/^\.\.?\//.test(specifier)) throw error;
      const source = /\.[cm]?js$/.test(specifier) ? specifier.replace(/js$/, 'ts') : `${specifier}.ts`;
      return next(source, context);
    }
  };
  // Since Node.js 22.15; older versions do not load TypeScript either.
  const { registerHooks } = process.getBuiltinModule('node:module') as Partial<typeof import('node:module')>;
  registerHooks?.({ resolve });
}
