import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Values to try of the environment variables that the library of this project reads. */
export interface Knobs {
  /** Values of `WORKERS`. */
  readonly workers: readonly (number | 'adaptive')[];
  /** Values of `THREADS`. */
  readonly threads: readonly number[];
}

/** Variables that the code of a function reads. */
export interface Reads {
  readonly workers: boolean;
  readonly adaptive: boolean;
  readonly threads: boolean;
}

const workerCounts = [5, 10, 20, 50, 100, 300];
const threadCounts = [1, 2, 3, 4];

/** @param cpus of this machine. @default unknown */
export function knobsOf({ workers, adaptive, threads }: Reads, cpus = Infinity): Knobs {
  return {
    workers: workers ? [...workerCounts, ...(adaptive ? (['adaptive'] as const) : [])] : [],
    threads: threads ? threadCounts.filter((count) => count <= cpus + 1) : [],
  };
}

/** Returns the variables that a function of this repository reads, also if its code is not on this machine. */
export function readsOfOurs(name: string): Reads {
  return { workers: true, adaptive: true, threads: name.includes('threads') };
}

/** Name of the channel that every technique publishes, also in a minified bundle. */
const library = 'parallel-lambda:message';
/** A call of `adaptive`, or the check of its options in a bundle. */
const adaptiveCall = /\badaptive\s*\(|\(\s*["']adaptive["']\s*,/;

/** Finds out by the code of a function whether it uses this library, and with which options. */
export function readKnobs(codeFolder: string): Reads {
  const own = textOf(
    globSync('**/*.{js,mjs,cjs}', { cwd: codeFolder, exclude: ['**/node_modules'] }),
    codeFolder,
  );
  const installed = globSync('node_modules/@parallel-lambda/*/**/*.{js,mjs,cjs}', { cwd: codeFolder });
  const all = own + textOf(installed, codeFolder);
  const workers = all.includes(library);
  return {
    workers,
    adaptive: workers && adaptiveCall.test(own),
    threads: workers && /["']THREADS["']/.test(all),
  };
}

function textOf(files: readonly string[], folder: string): string {
  return files.map((file) => readFileSync(path.join(folder, file), 'utf8')).join('\n');
}
