import type { DeployedQueue } from '../deployed-queue.ts';
import { RemoteError } from '../remote-error.ts';
import { batchesOf, largestBatch, type EntriesPlan } from './entries.ts';
import { sendBatch, type Refused } from './send-batch.ts';

/** What became of messages that were sent. */
export interface Sent {
  readonly sent: number;
  readonly refused: readonly Refused[];
}

/** Requests at a time: SQS answers each in some ten milliseconds. */
const connections = 8;

/**
 * Sends messages to a queue: to a standard queue several batches at a time, to a FIFO queue one after another, since
 * their order is the order in which they are taken.
 *
 * @param onSent is told how many have been taken so far
 * @throws {RemoteError} `setting`, when a message is larger than SQS takes
 */
export async function sendToQueue(
  queue: DeployedQueue,
  plan: EntriesPlan,
  onSent: (sent: number) => void,
): Promise<Sent> {
  const size = Buffer.byteLength(plan.body);
  if (size > largestBatch) {
    throw new RemoteError('setting', `A message has ${size} bytes; SQS takes no more than ${largestBatch}.`);
  }
  let sent = 0;
  const refused: Refused[] = [];
  const batches = batchesOf(plan);
  const connection = async (): Promise<void> => {
    for (const batch of batches) {
      const notTaken = await sendBatch(queue, batch);
      refused.push(...notTaken);
      sent += batch.length - notTaken.length;
      onSent(sent);
    }
  };
  // All end before one's error is told: what has been sent by then is sent.
  const ends = await Promise.allSettled(Array.from({ length: queue.isFifo ? 1 : connections }, connection));
  const failure = ends.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
  if (failure) throw cutShort(failure.reason, sent);
  return { sent, refused };
}

function cutShort(error: unknown, sent: number): unknown {
  if (sent === 0 || !(error instanceof RemoteError)) return error;
  const { code, message, cause } = error;
  return new RemoteError(code, `${message} At least ${sent} messages had been sent.`, { cause });
}
