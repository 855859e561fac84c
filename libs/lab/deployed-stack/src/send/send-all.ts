import { LabError } from '@parallel-lambda/local-lambda';
import { batchesOf, type SendPlan } from './batches-of.ts';
import type { Destination, Refused } from './destination.ts';
import { sendBatch } from './send-batch.ts';

/** What became of messages that were sent. */
export interface Sent {
  readonly sent: number;
  readonly refused: readonly Refused[];
}

/** Requests at a time: each is answered in some ten milliseconds. */
const connections = 8;

/**
 * Sends messages: several batches at a time, or where they have lanes one after another, since their order is the
 * order in which they are taken.
 *
 * @param onSent is told how many have been taken so far
 * @throws {LabError} `usage`, when a message is larger than the destination takes
 */
export async function sendAll(
  destination: Destination,
  plan: SendPlan,
  onSent: (sent: number) => void,
): Promise<Sent> {
  const { service, limits, extraBytes, grouped } = destination;
  const size = Buffer.byteLength(plan.body) + extraBytes;
  if (size > limits.messageBytes) {
    throw new LabError(
      'usage',
      `A message has ${size} bytes; ${service} takes no more than ${limits.messageBytes}.`,
    );
  }
  let sent = 0;
  const refused: Refused[] = [];
  const batches = batchesOf(plan, destination);
  const connection = async (): Promise<void> => {
    for (const batch of batches) {
      const notTaken = await sendBatch(destination, batch);
      refused.push(...notTaken);
      sent += batch.length - notTaken.length;
      onSent(sent);
    }
  };
  // All end before one's error is told: what has been sent by then is sent.
  const ends = await Promise.allSettled(Array.from({ length: grouped ? 1 : connections }, connection));
  const failure = ends.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
  if (failure) throw cutShort(failure.reason, sent);
  return { sent, refused };
}

function cutShort(error: unknown, sent: number): unknown {
  if (sent === 0 || !(error instanceof LabError)) return error;
  const { code, message, cause } = error;
  return new LabError(code, `${message} At least ${sent} messages had been sent.`, { cause });
}
