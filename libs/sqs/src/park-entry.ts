import type { Message, WorkContext } from '@parallel-lambda/batch';

import { failureRecord } from './failure-record.ts';
import { fit } from './fit.ts';
import { parkedAttributes, text, type GivenUp } from './parked-attributes.ts';
import type { SendEntry } from './sqs-calls.ts';
import { acceptable } from './text-size.ts';

/** The parts of an SQS record that are kept. */
interface SqsAttributes {
  readonly MessageGroupId?: unknown;
  readonly AWSTraceHeader?: unknown;
}

/** The parking queue. */
export interface ParkingPlace {
  /** True if the parking queue is a FIFO queue. */
  readonly fifo: boolean;
  readonly context: WorkContext;
  /** The maximum size of a parked message, body and attributes, in bytes. */
  readonly maxBytes: number;
}

/**
 * Creates the entry that parks a message: a message of SQS as it was sent, a record of a stream or of Kafka in a failure record.
 * Parts that are too large are cut, with a note.
 *
 * @param id of the entry in its call
 */
export function parkEntry(
  givenUp: GivenUp,
  id: string,
  { fifo, context, maxBytes }: ParkingPlace,
): SendEntry {
  const { message } = givenUp;
  const { body, attributes } = message.record as {
    readonly body?: unknown;
    readonly attributes?: SqsAttributes;
  };
  const { MessageGroupId: group, AWSTraceHeader: trace } = attributes ?? {};
  const isSqs = typeof body === 'string';
  const entry: SendEntry = {
    Id: id,
    MessageBody: acceptable(isSqs ? body : failureRecord(givenUp, context, maxBytes)),
    MessageAttributes: parkedAttributes(givenUp),
    ...(typeof trace === 'string' &&
      trace !== '' && { MessageSystemAttributes: { AWSTraceHeader: text(trace) } }),
    ...(typeof group === 'string' && { MessageGroupId: group }),
    ...(fifo && {
      MessageGroupId: typeof group === 'string' ? group : 'parked',
      MessageDeduplicationId: deduplicationId(message, context),
    }),
  };
  return fit(entry, maxBytes);
}

/**
 * Returns an identifier by which the queue drops a second copy of a message within five minutes. It depends on the function, because
 * several can read one stream, and on the content, because clusters of Kafka number their records alike.
 */
function deduplicationId({ id, bytes }: Message, { invokedFunctionArn }: WorkContext): string {
  // Loaded on first use: importing `node:crypto` would cost every cold start.
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  return hash.update(`${invokedFunctionArn}\n${id}\n`).update(bytes).digest('hex');
}
