import { Worker } from 'node:worker_threads';

// The flag is the one that `thread-workers` takes back too.
if (process.execArgv.includes('--expose-gc')) {
  process.getBuiltinModule('node:v8').setFlagsFromString('--no-expose-gc');
}

/** Two threads, started in INIT from the `thread.js` beside the bundle that this is part of. */
export const threads = [1, 2].map(() => new Worker(new URL('./thread.js', import.meta.url)));
