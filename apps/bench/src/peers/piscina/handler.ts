import { availableParallelism } from 'node:os';

import { Piscina } from 'piscina';

import { respondTo, type SqsEvent } from '../sqs.ts';

const pool = new Piscina({
  // One thread per vCPU, like the others. The default is one and a half.
  maxThreads: availableParallelism(),
  filename: new URL('./work.js', import.meta.url).href,
  concurrentTasksPerWorker: Number(process.env.TASKS_PER_THREAD ?? 1),
});

/** Piscina as in its documentation: one task per message. */
export function handler(event: SqsEvent): Promise<unknown> {
  return respondTo(
    event,
    (records, attempt) => Promise.all(records.map(attempt)),
    ({ messageId, body, attributes }) => pool.run({ messageId, body, attributes }),
  );
}
