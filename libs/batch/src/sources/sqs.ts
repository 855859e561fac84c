import { describe, describeShape } from '../describe.ts';
import { InvalidEventError } from '../errors.ts';
import type { RecordHead, Source } from './source.ts';

interface SqsRecord {
  readonly messageId?: unknown;
  readonly body?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>> | null;
}

/** What standard and FIFO queues have in common. */
export const sqsRecords = {
  content: ({ body }: SqsRecord) => body as string,
  encoding: 'text',
  view: viewSqsRecord,
  checkpoint: false,
  identify: ({ id }) => id,
} as const satisfies Partial<Source>;

/**
 * SQS standard queues: no order, and now and then a message twice. A `MessageGroupId` on a standard queue is for
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
  if (typeof messageId !== 'string' || messageId === '') {
    throw new InvalidEventError(`An SQS record must have a messageId, not ${describe(messageId)}`);
  }
  if (typeof body !== 'string') {
    throw new InvalidEventError(
      `SQS message ${messageId} must have a text as body, not ${describeShape(body)}`,
    );
  }
  return { id: messageId, receiveCount: receiveCount(attributes?.ApproximateReceiveCount) };
}

function receiveCount(value: unknown): number | undefined {
  const count = typeof value === 'string' ? Number(value) : 0;
  return Number.isInteger(count) && count >= 1 ? count : undefined;
}

/**
 * Copies a record so that the same message looks the same at every delivery: what changes can be read, but it is not
 * enumerable. A library that hashes the message to make work idempotent then finds the same hash.
 */
function viewSqsRecord(record: SqsRecord): object {
  const { attributes } = record;
  if (typeof attributes !== 'object' || !attributes) return hide({ ...record }, 'receiptHandle');
  const visible = hide({ ...attributes }, 'ApproximateReceiveCount', 'ApproximateFirstReceiveTimestamp');
  return hide({ ...record, attributes: visible }, 'receiptHandle');
}

/** Makes properties of a copy not enumerable, where it has them. */
function hide(copy: object, ...names: readonly string[]): object {
  for (const name of names) {
    if (Object.hasOwn(copy, name)) Object.defineProperty(copy, name, { enumerable: false });
  }
  return copy;
}
