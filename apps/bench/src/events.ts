import { kinesisRecord, sqsRecord } from '@parallel-lambda/event-sources';

/** The fields that records of an event have in common. */
interface EventFields {
  readonly messages: number;
  /** The text of each message, or JSON, or a function that returns it for the index of a message. */
  readonly body: string | object | ((index: number) => unknown);
}

interface Event {
  readonly Records: readonly unknown[];
}

export function sqsBatch({ messages, body }: EventFields): Event {
  return recordsOf(messages, (index) =>
    sqsRecord({ messageId: idOf(index), body: textOf(body, index), md5OfBody: '' }),
  );
}

/** Makes a batch of an SQS FIFO queue, whose messages belong to the groups in turn. */
export function fifoBatch({ messages, body, groups }: EventFields & { readonly groups: number }): Event {
  return recordsOf(messages, (index) =>
    sqsRecord({
      messageId: idOf(index),
      body: textOf(body, index),
      messageGroupId: `group-${index % groups}`,
    }),
  );
}

/** Makes a batch of a Kinesis stream, whose records have the partition keys in turn. */
export function kinesisBatch({ messages, body, keys }: EventFields & { readonly keys: number }): Event {
  return recordsOf(messages, (index) =>
    kinesisRecord({
      sequenceNumber: `4${String(index + 1).padStart(55, '0')}`,
      partitionKey: `key-${index % keys}`,
      data: textOf(body, index),
    }),
  );
}

/** Returns an empty list of steps of this length. */
export function emptySteps(bytes: number): string {
  return `[${' '.repeat(bytes - 2)}]`;
}

function recordsOf(messages: number, record: (index: number) => unknown): Event {
  return { Records: Array.from({ length: messages }, (_, index) => record(index)) };
}

function textOf(body: EventFields['body'], index: number): string {
  const own = typeof body === 'function' ? (body as (index: number) => unknown)(index) : body;
  return typeof own === 'string' ? own : JSON.stringify(own);
}

function idOf(index: number): string {
  return `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`;
}
