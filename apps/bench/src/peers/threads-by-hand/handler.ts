import type { SqsEvent, SqsResponse } from '../sqs.ts';
import { threads } from '../two-threads.ts';

/**
 * The least that two threads can do for messages that are all alike: each is handed its half at once. No deadline, no
 * order, one batch at a time, and a thread that is done leaves the rest to the other.
 */
export async function handler({ Records: records }: SqsEvent): Promise<unknown> {
  const half = Math.ceil(records.length / threads.length);
  const responses = await Promise.all(
    threads.map((thread, index) => {
      const share = records
        .slice(index * half, (index + 1) * half)
        .map(({ messageId, body, attributes }) => ({
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
