import { Tinypool } from 'tinypool';

import { respondTo, type SqsEvent } from '../sqs.ts';

const pool = new Tinypool({
  filename: new URL('./work.js', import.meta.url).href,
  concurrentTasksPerWorker: Number(process.env.TASKS_PER_THREAD ?? 1),
});

/** tinypool as in its readme: one task per message. */
export function handler(event: SqsEvent): Promise<unknown> {
  return respondTo(
    event,
    (records, attempt) => Promise.all(records.map(attempt)),
    ({ messageId, body, attributes }) => pool.run({ messageId, body, attributes }),
  );
}
