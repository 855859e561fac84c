import { invalid, requiredText } from './required.ts';
import type { RecordHead, Source } from './source.ts';

interface SqsRecord {
  readonly messageId?: unknown;
  readonly body?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>> | null;
}

/** The common part of standard and FIFO queues. */
export const sqsRecords = {
  content: ({ body }: SqsRecord) => body as string,
  encoding: 'text',
  view: viewSqsRecord,
  checkpoint: false,
  identify: ({ id }) => id,
} as const satisfies Partial<Source>;

/**
 * SQS standard queues: no order, and sometimes a duplicate. A `MessageGroupId` on a standard queue is for
 * fair queues and promises no order, so it makes no lane.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export const sqs: Source = {
  ...sqsRecords,
  name: 'SQS',
  delivers: (eventSource, arn) => eventSource === 'aws:sqs' && arn !== '' && !arn.endsWith('.fifo'),
  readHead: readSqsHead,
  mayRepeat: true,
};

/**
 * Reads what standard and FIFO queues have in common.
 *
 * @throws {InvalidEventError} when `messageId` is missing or empty, or `body` is not a text
 */
export function readSqsHead(record: SqsRecord): RecordHead {
  const { messageId, body, attributes } = record;
  const id = requiredText('An SQS record must have a messageId', messageId);
  if (typeof body !== 'string') throw invalid(`SQS message ${id} must have a string as body`, body);
  return { id, receiveCount: receiveCount(attributes?.ApproximateReceiveCount) };
}

function receiveCount(value: unknown): number | undefined {
  // Lambda sends a text. Test events that are written by hand often have a number.
  const count = typeof value === 'string' ? Number(value) : (value as number);
  return Number.isInteger(count) && count >= 1 ? count : undefined;
}

/**
 * Copies a record so that the same message looks the same at every delivery: what changes can be read, but it is not
 * enumerable. A library that hashes the message to make work idempotent then finds the same hash.
 */
function viewSqsRecord(record: SqsRecord): object {
  const copy: { attributes?: object | null } = { ...record };
  if (Object(copy.attributes) === copy.attributes) {
    copy.attributes = { ...copy.attributes };
    hide(copy.attributes, 'ApproximateReceiveCount', 'ApproximateFirstReceiveTimestamp');
  }
  hide(copy, 'receiptHandle');
  return copy;
}

/** Makes properties of a copy not enumerable, where it has them. */
function hide(copy: object, ...names: readonly string[]): void {
  for (const name of names) {
    if (Object.hasOwn(copy, name)) Object.defineProperty(copy, name, { enumerable: false });
  }
}
