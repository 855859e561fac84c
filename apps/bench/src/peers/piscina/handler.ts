import { availableParallelism } from 'node:os';

import { Piscina } from 'piscina';

import { respondTo, type SqsEvent } from '../sqs.ts';

const pool = new Piscina({
  // As many as there are vCPUs, like the others: by default half as many more, which would have more in work.
  maxThreads: availableParallelism(),
  filename: new URL('./work.js', import.meta.url).href,
  concurrentTasksPerWorker: Number(process.env.TASKS_PER_THREAD ?? 1),
});

/** The way Piscina's documentation has it: a task a message. */
export function handler(event: SqsEvent): Promise<unknown> {
  return respondTo(
    event,
    (records, attempt) => Promise.all(records.map(attempt)),
    ({ messageId, body, attributes }) => pool.run({ messageId, body, attributes }),
  );
}
