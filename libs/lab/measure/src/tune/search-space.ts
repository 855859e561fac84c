import { LabError, mbPerVcpu } from '@parallel-lambda/local-lambda';

import type { MeasuredFunctions } from '../measured-functions.ts';
import type { Batches } from './batches.ts';

/** The settings that a search may try. */
export interface SearchSpace {
  readonly batches: Batches;
  /** Names of the functions to compare. */
  readonly functions: readonly string[];
  /** MB, ascending. */
  readonly memorySizes: readonly number[];
  /** Messages per batch in the coarse search. */
  readonly batchSize: number;
  readonly workers: readonly (number | 'adaptive')[];
  readonly threads: readonly number[];
  readonly batchSizes: readonly number[];
  /** Values to try of each environment variable. */
  readonly vary: Readonly<Record<string, readonly string[]>>;
  /** Names of the functions that have threads. */
  readonly threaded: readonly string[];
}

/** Options that limit a search. */
export interface SpaceOptions {
  readonly batches: Batches;
  /** MB, from 128 to 10,240. @default the sizes that this machine can enforce; of deployed functions up to 3,008 */
  readonly memory?: readonly number[];
  /** Messages per batch in the coarse search, from 1 to 10,000. */
  readonly batchSize: number;
  /** Values to try of environment variables, by name. @default none */
  readonly vary?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Vary only memory and batch size, because the function does not read `WORKERS` and `THREADS`. @default false */
  readonly fixedWorkers?: boolean;
}

/** A third of a vCPU, a half, one, one and a half, two, three, …: in MB. */
const localSizes = [
  512,
  1024,
  mbPerVcpu,
  2654,
  2 * mbPerVcpu,
  3 * mbPerVcpu,
  4 * mbPerVcpu,
  5 * mbPerVcpu,
  10_240,
];

/** Sizes of a batch of a FIFO queue, which has at most 10 messages. */
const fifoSizes = [1, 2, 5, 10];

/** Memory size in MB. A new account may be limited to 3,008. */
const deployedSizes = [512, 1024, mbPerVcpu, 3008];

/**
 * Chooses the settings to search.
 *
 * @throws {LabError} `usage`, if this machine has fewer vCPUs than a memory size buys
 */
export function searchSpace(
  functions: Pick<MeasuredFunctions, 'settings' | 'circumstances'>,
  { batches, memory, batchSize, vary = {}, fixedWorkers = false }: SpaceOptions,
): SearchSpace {
  const { machine } = functions.circumstances;
  const names = functions.settings.map((setting) => setting.function);
  return {
    batches,
    functions: names,
    memorySizes: memorySizes(functions, memory),
    batchSize: Math.min(batchSize, batches.maxSize ?? batchSize),
    vary,
    workers: fixedWorkers ? [] : [10, 30, 100, 300, 'adaptive'],
    threads: [1, 2, 3, 4].filter((count) => !machine || count <= machine.cpus + 1),
    batchSizes: batches.maxSize === undefined ? [10, 30, 100, 300, 1000] : fifoSizes,
    threaded: fixedWorkers ? [] : names.filter((name) => name.includes('threads')),
  };
}

function memorySizes(
  { settings, circumstances }: Pick<MeasuredFunctions, 'settings' | 'circumstances'>,
  memory: readonly number[] | undefined,
): readonly number[] {
  const { machine, enforced } = circumstances;
  const maxMb = machine && enforced.cpu ? machine.cpus * mbPerVcpu : Infinity;
  const tooLarge = memory?.find((size) => size > maxMb);
  if (machine && tooLarge !== undefined) {
    throw new LabError(
      'usage',
      `--memory ${tooLarge} cannot be measured here: it buys ${(tooLarge / mbPerVcpu).toFixed(1)} vCPUs, and this ` +
        `machine has ${machine.cpus}. Use sizes up to ${maxMb}.`,
    );
  }
  if (memory) return [...new Set(memory)].sort((a, b) => a - b);
  if (!machine) return deployedSizes;
  // Without an enforced share of CPU time, all sizes are the same.
  if (!enforced.cpu) return [settings[0]?.memoryMb ?? mbPerVcpu];
  return localSizes.filter((size) => size <= maxMb);
}
