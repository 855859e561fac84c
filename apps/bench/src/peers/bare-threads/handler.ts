import { threads } from '../two-threads.ts';

/** The least that a function with threads can do: two are started in INIT, and the first that is there answers. */
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
