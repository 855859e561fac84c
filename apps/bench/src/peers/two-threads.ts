import { Worker } from 'node:worker_threads';

import type { SqsRecord, SqsResponse } from './sqs.ts';

// The flag is the one that `thread-workers` takes back too.
if (process.execArgv.includes('--expose-gc')) {
  process.getBuiltinModule('node:v8').setFlagsFromString('--no-expose-gc');
}

/** Two threads, started in INIT from the `thread.js` beside the bundle that this is part of. */
export const threads = [1, 2].map(() => new Worker(new URL('./thread.js', import.meta.url)));

/** Hands each thread its share of a batch at once, of each record what the work reads. */
export async function workOnShares(shares: readonly (readonly SqsRecord[])[]): Promise<SqsResponse> {
  const responses = await Promise.all(
    threads.map((thread, index) => {
      const share = shares[index]?.map(({ messageId, body, attributes }) => ({
        messageId,
        body,
        attributes: { ApproximateReceiveCount: attributes.ApproximateReceiveCount },
      }));
      return new Promise<SqsResponse>((resolve) => {
        thread.once('message', resolve);
        thread.postMessage(share);
      });
    }),
  );
  return { batchItemFailures: responses.flatMap(({ batchItemFailures }) => batchItemFailures) };
}
