import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

import workerpool from 'workerpool';

import { respondTo, type SqsEvent } from '../sqs.ts';

const pool = workerpool.pool(fileURLToPath(new URL('./work.js', import.meta.url)), {
  workerType: 'thread',
  minWorkers: 'max',
  maxWorkers: availableParallelism(),
});

/** The way workerpool's readme has it, a dedicated worker and a task a message. */
export function handler(event: SqsEvent): Promise<unknown> {
  return respondTo(
    event,
    (records, attempt) => Promise.all(records.map(attempt)),
    async ({ messageId, body, attributes }) => {
      await pool.exec('workOn', [{ messageId, body, attributes }]);
    },
  );
}
