import path from 'node:path';

import {
  ascending,
  hasThreads,
  runInWaves,
  searched,
  type Batches,
  type Tuning,
} from '@parallel-lambda/measure';

import { exitCode } from '../shared/exit-code.ts';
import type { TuneOptions } from './command.ts';

/** In MB: a new account may have no more than 3,008. */
const memorySizes = [512, 1024, 1769, 3008];

/**
 * Finds out what is to be searched of the functions that are deployed. Nothing is changed yet.
 *
 * @throws {RemoteError} when the functions are not deployed
 */
export async function remoteTuning(options: TuneOptions, batches: Batches): Promise<Tuning> {
  // Not loaded before: the SDK takes longer to load than a function to run.
  const { tunedFunctions } = await import('@parallel-lambda/deployed-stack');
  const functions = await tunedFunctions(options.stack, path.dirname(options.json), {
    onWarning: (sentence) => {
      console.error(`lab: ${sentence}`);
    },
    onRestoreError: ({ message }) => {
      console.error(`lab: ${message}`);
      process.exitCode = exitCode.failure;
    },
  });
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
