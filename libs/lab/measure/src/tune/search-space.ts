import { LabError, mbPerVcpu } from '@parallel-lambda/local-lambda';
import type { Series } from '@parallel-lambda/report';

import type { MeasuredFunctions } from '../measured-functions.ts';
import type { Batches } from './batches.ts';
import { knobsOf, readsOfOurs, type Knobs } from './knobs.ts';

/** A setting and a batch size. */
export type Candidate = Pick<Series, 'setting' | 'messages'>;

/** The settings that a search may try. */
export interface SearchSpace {
  readonly batches: Batches;
  /** Names of the functions to compare. */
  readonly functions: readonly string[];
  /** MB, ascending. */
  readonly memorySizes: readonly number[];
  /** Messages per batch in the coarse search. */
  readonly batchSize: number;
  readonly batchSizes: readonly number[];
  /** Values to try of each environment variable. */
  readonly vary: Readonly<Record<string, readonly string[]>>;
  /** Values of `WORKERS` and `THREADS` to try of a function. */
  readonly knobs: (name: string) => Knobs;
  /** The present setting of each function, as far as it is known and can be measured. */
  readonly present: readonly Candidate[];
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

/** Messages per batch. */
const usualSizes = [10, 30, 100, 300, 1000];

/** Sizes of a batch of a FIFO queue, which has at most 10 messages. */
const fifoSizes = [1, 2, 5, 10];

/** Memory size in MB. A new account may be limited to 3,008. */
const deployedSizes = [512, 1024, mbPerVcpu, 3008];

type SearchedFunctions = Pick<MeasuredFunctions, 'settings' | 'circumstances' | 'present' | 'reads'>;

/**
 * Chooses the settings to search.
 *
 * @throws {LabError} `usage`, if this machine has fewer vCPUs than a memory size has
 */
export function searchSpace(
  functions: SearchedFunctions,
  { batches, memory, batchSize, vary = {} }: SpaceOptions,
): SearchSpace {
  const { settings, circumstances, reads = readsOfOurs, present = [] } = functions;
  const sizes = batches.maxSize === undefined ? usualSizes : fifoSizes;
  const start = batches.fixedSize ?? Math.min(batchSize, batches.maxSize ?? batchSize);
  const ascending = [...new Set([...sizes, start])].sort((one, other) => one - other);
  return {
    batches,
    functions: settings.map((setting) => setting.function),
    memorySizes: memorySizes(functions, memory),
    batchSize: start,
    batchSizes: batches.fixedSize === undefined ? ascending : [start],
    vary,
    knobs: (name) => withoutVaried(knobsOf(reads(name), circumstances.machine?.cpus), vary),
    present: present
      .filter(({ setting }) => setting.memoryMb <= maxMemory(circumstances))
      .map(({ setting, messages }) => ({
        setting,
        messages: batches.fixedSize ?? Math.min(messages ?? start, batches.maxSize ?? Infinity),
      })),
  };
}

/** A variable that the user varies has the user's values. */
function withoutVaried({ workers, threads }: Knobs, vary: SearchSpace['vary']): Knobs {
  return { workers: 'WORKERS' in vary ? [] : workers, threads: 'THREADS' in vary ? [] : threads };
}

/** Maximum memory size in MB that can be measured. */
function maxMemory({ machine, enforced }: SearchedFunctions['circumstances']): number {
  return machine && enforced.cpu ? machine.cpus * mbPerVcpu : Infinity;
}

function memorySizes(
  { settings, circumstances }: SearchedFunctions,
  memory: readonly number[] | undefined,
): readonly number[] {
  const { machine, enforced } = circumstances;
  const maxMb = maxMemory(circumstances);
  const tooLarge = memory?.find((size) => size > maxMb);
  if (machine && tooLarge !== undefined) {
    throw new LabError(
      'usage',
      `--memory ${tooLarge} cannot be measured here: it has ${(tooLarge / mbPerVcpu).toFixed(1)} vCPUs, and this ` +
        `machine has ${machine.cpus}. Use sizes up to ${maxMb}.`,
    );
  }
  if (memory) return [...new Set(memory)].sort((a, b) => a - b);
  if (!machine) return deployedSizes;
  // Without an enforced share of CPU time, all sizes are the same.
  if (!enforced.cpu) return [settings[0]?.memoryMb ?? mbPerVcpu];
  return localSizes.filter((size) => size <= maxMb);
}
