import { kinesisRecord, sqsRecord } from '@parallel-lambda/event-sources';

/** What is the same in every record of an event, or differs by its index. */
export interface EventFields {
  readonly messages: number;
  /** The text of a message; else any JSON, which becomes its text. */
  readonly body: unknown;
  readonly receiveCount?: number;
}

/** A batch of SQS; a body that is a function is called with each message's index. */
export function sqsBatch({ messages, body, receiveCount }: EventFields): unknown {
  return {
    Records: Array.from({ length: messages }, (_, index) =>
      sqsRecord({
        messageId: idOf(index),
        body: textOf(body, index),
        md5OfBody: '',
        ...(receiveCount !== undefined && { receiveCount }),
      }),
    ),
  };
}

/** A batch of an SQS FIFO queue, its messages dealt to so many groups in turn. */
export function fifoBatch({ messages, body, groups }: EventFields & { readonly groups: number }): unknown {
  return {
    Records: Array.from({ length: messages }, (_, index) =>
      sqsRecord({
        messageId: idOf(index),
        body: textOf(body, index),
        messageGroupId: `group-${index % groups}`,
      }),
    ),
  };
}

/** A batch of a Kinesis stream, its records dealt to so many partition keys in turn. */
export function kinesisBatch({ messages, body, keys }: EventFields & { readonly keys: number }): unknown {
  return {
    Records: Array.from({ length: messages }, (_, index) =>
      kinesisRecord({
        sequenceNumber: `4${String(index + 1).padStart(55, '0')}`,
        partitionKey: `key-${index % keys}`,
        data: textOf(body, index),
      }),
    ),
  };
}

/** An empty list of steps as long as this: nothing to do, and all of it has to be carried. */
export function emptySteps(bytes: number): string {
  return `[${' '.repeat(bytes - 2)}]`;
}

function textOf(body: unknown, index: number): string {
  const own = typeof body === 'function' ? (body as (index: number) => unknown)(index) : body;
  return typeof own === 'string' ? own : JSON.stringify(own);
}

function idOf(index: number): string {
  return `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`;
}
