import { Worker } from 'node:worker_threads';

// The least that a function with threads can do: two are started in INIT, and the first that is there answers. The flag
// is the one that `thread-workers` takes back too.
if (process.execArgv.includes('--expose-gc')) {
  process.getBuiltinModule('node:v8').setFlagsFromString('--no-expose-gc');
}
const threads = [1, 2].map(() => new Worker(new URL('./thread.js', import.meta.url)));

export async function handler(): Promise<unknown> {
  await Promise.race(
    threads.map(
      (thread) =>
        new Promise((resolve) => {
          thread.once('message', resolve);
          thread.postMessage('begin');
        }),
    ),
  );
  return { batchItemFailures: [] };
}
