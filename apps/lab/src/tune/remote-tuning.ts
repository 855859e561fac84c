import path from 'node:path';

import { batchesOf } from './batches.ts';
import { runInWaves } from './run-in-waves.ts';
import { ascending, hasThreads, searched } from './search-space.ts';
import type { TuneOptions, Tuning } from './tuning.ts';

/** In MB: a new account may have no more than 3,008. */
const memorySizes = [512, 1024, 1769, 3008];

/**
 * Finds out what is to be searched of the functions that are deployed. Nothing is changed yet.
 *
 * @throws {LocalLambdaError} when the messages are wrong
 * @throws {RemoteError} when the functions are not deployed
 */
export async function remoteTuning(options: TuneOptions): Promise<Tuning> {
  const batches = await batchesOf(options);
  // Not loaded before: the SDK takes longer to load than a function to run.
  const { tunedFunctions } = await import('../remote/index.ts');
  const functions = await tunedFunctions(options.stack, path.dirname(options.json));
  const { names, architecture, open } = functions;
  return {
    space: {
      ...searched,
      batches,
      functions: names,
      memorySizes: options.memory ? ascending(options.memory) : memorySizes,
      batchSize: options.batchSize,
      threaded: names.filter(hasThreads),
    },
    open,
    run: runInWaves,
    circumstances: { runtime: 'deployed', enforced: { cpu: true, memory: true }, architecture },
    // The Invoke API tells no more than the last 4 kB of a log.
    recordTimelines: () => Promise.resolve([]),
    left: () => functions.left(),
    [Symbol.asyncDispose]: () => functions[Symbol.asyncDispose](),
  };
}
