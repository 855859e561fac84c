import type { Batches } from './batches.ts';

/** What is searched. */
export interface SearchSpace {
  readonly batches: Batches;
  /** Functions to compare. */
  readonly functions: readonly string[];
  /** In MB, ascending. */
  readonly memorySizes: readonly number[];
  /** With which the coarse search is made. */
  readonly batchSize: number;
  readonly workers: readonly number[];
  readonly threads: readonly number[];
  readonly batchSizes: readonly number[];
  /** Functions that have threads. */
  readonly threaded: readonly string[];
}

/** What is tried around the best of the coarse search. */
export const searched = {
  workers: [10, 30, 100, 300],
  threads: [1, 2, 3, 4],
  batchSizes: [10, 30, 100, 300, 1000],
} as const;

export function hasThreads(name: string): boolean {
  return name.includes('threads');
}

export function ascending(sizes: readonly number[]): readonly number[] {
  return [...new Set(sizes)].sort((a, b) => a - b);
}
