import { Worker } from 'node:worker_threads';

import type { SqsRecord, SqsResponse } from '../sqs.ts';

// thread-workers removes this flag, too.
if (process.execArgv.includes('--expose-gc')) {
  process.getBuiltinModule('node:v8').setFlagsFromString('--no-expose-gc');
}

/** Two threads, started in INIT from the `thread.js` beside this bundle. */
export const threads = [1, 2].map(() => new Worker(new URL('./thread.js', import.meta.url)));

/** Sends each thread its share of the batch: of each record only what the work reads. */
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
