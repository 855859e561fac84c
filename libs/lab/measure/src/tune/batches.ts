import { sqsEvent, sqsTextEvent } from '@parallel-lambda/event-sources';
import { isRecord, LabError, readEvent } from '@parallel-lambda/local-lambda';
import type { SourceName, Workload } from '@parallel-lambda/report';

import { repeatRecords } from './repeat-records.ts';

/** Batches of any size for a search. */
export interface Batches {
  readonly workload: Workload;
  /** The only possible size, if batches cannot be resized. */
  readonly fixedSize?: number;
  /** Maximum size, if the source has one below Lambda's. */
  readonly maxSize?: number;
  readonly of: (messages: number) => unknown;
}

/** The body of each message, unless another is given: it waits and computes. */
const defaultBody = [{ wait: 40 }, { hash: 7 }];

/** The body with a service behind the functions: it calls the service. */
const downstreamBody = { fetch: '{downstream}' };

/** Source of the messages of a search. */
export interface BatchOptions {
  /** Path of an event, as JSON. */
  readonly event?: string | undefined;
  /** Body of each message, as JSON. */
  readonly body?: string | undefined;
  /** Body of each message that is not JSON. */
  readonly text?: string | undefined;
  /** Folder or name of a function of the user. @default none: the functions of this repository */
  readonly function?: string | undefined;
  /** Service behind the function. Its URL takes the place of `{downstream}` in the messages. @default none */
  readonly downstream?: { readonly url: string; readonly text: string } | undefined;
}

/**
 * Makes the batches of a search.
 *
 * @throws {LabError} `usage`, if the event cannot be used, or a function of the user has no messages
 */
export async function readBatches(options: BatchOptions): Promise<Batches> {
  const { downstream } = options;
  const batches = await batchesOf(options);
  if (!downstream) return batches;
  return {
    ...batches,
    workload: { ...batches.workload, downstream: downstream.text },
    of: (messages) => withUrl(batches.of(messages), downstream.url),
  };
}

async function batchesOf({
  event,
  body,
  text,
  function: folder,
  downstream,
}: BatchOptions): Promise<Batches> {
  if (event !== undefined) return batchesOfEvent(await readEvent(event), event);
  if (body !== undefined) return batchesOfBody(JSON.parse(body));
  if (text !== undefined) return batchesOfText(text);
  if (folder === undefined) return batchesOfBody(downstream ? downstreamBody : defaultBody);
  throw new LabError(
    'usage',
    '--function needs messages for your function. Add --event FILE, --body JSON or --text TEXT.',
  );
}

function withUrl(event: unknown, url: string): unknown {
  return JSON.parse(JSON.stringify(event).replaceAll('{downstream}', url));
}

/** Makes batches of SQS messages with the same body. */
export function batchesOfBody(body: unknown): Batches {
  return {
    workload: { name: 'your messages', body, source: 'sqs' },
    of: (messages) => sqsEvent(messages, body),
  };
}

function batchesOfText(text: string): Batches {
  return {
    workload: { name: 'your messages', body: text, source: 'sqs' },
    of: (messages) => sqsTextEvent(messages, text),
  };
}

/** See https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const maxFifoBatch = 10;

interface QueueRecord {
  readonly messageId: string;
  readonly eventSource?: unknown;
  readonly eventSourceARN?: unknown;
}

/**
 * Makes batches of the messages of an event, which are repeated with other identifiers until a batch is full. An event of
 * another service than SQS, Kinesis, DynamoDB Streams and Kafka is used unchanged.
 *
 * @throws {LabError} `usage`, if the file is not an event with `Records`
 */
export function batchesOfEvent(event: unknown, file: string): Batches {
  const records = recordsIn(event);
  if (!records) {
    throw new LabError(
      'usage',
      `${file} is not an event with at least one record in "Records", or in "records" of Kafka. Use the JSON that Lambda passes to a handler.`,
    );
  }
  const name = `the messages of ${file}`;
  const isQueue = records.every(
    (record): record is QueueRecord => isRecord(record) && 'messageId' in record && 'body' in record,
  );
  if (!isQueue) {
    const of = repeatRecords(event);
    const source = streamOf(event, records);
    const workload = { name, ...(source && { source }), ...pipedOf(event) };
    return { workload, ...(of ? { of } : { fixedSize: records.length, of: () => event }) };
  }
  const isFifo = records.some(({ eventSourceARN: arn }) => typeof arn === 'string' && arn.endsWith('.fifo'));
  return {
    workload: { name, source: isFifo ? 'sqs-fifo' : 'sqs', ...pipedOf(event) },
    ...(isFifo && { maxSize: maxFifoBatch }),
    of: (messages) => {
      const repeated = Array.from({ length: messages }, (_, index) => {
        const record = records[index % records.length];
        return { ...record, messageId: `${record?.messageId ?? ''}-${Math.floor(index / records.length)}` };
      });
      return Array.isArray(event) ? repeated : { Records: repeated };
    },
  };
}

const streams: Readonly<Record<string, SourceName>> = {
  'aws:kinesis': 'kinesis',
  'aws:dynamodb': 'dynamodb',
  'aws:kafka': 'kafka',
  SelfManagedKafka: 'self-managed-kafka',
};

function streamOf(event: unknown, [record]: readonly unknown[]): SourceName | undefined {
  const named = [event, record].find((part) => isRecord(part) && 'eventSource' in part);
  return streams[String((named as { readonly eventSource?: unknown } | undefined)?.eventSource)];
}

/** EventBridge Pipes sends a list of records. */
function pipedOf(event: unknown): { readonly piped?: true } {
  return Array.isArray(event) ? { piped: true } : {};
}

/** Returns the records of an event. EventBridge Pipes sends them as a list. */
function recordsIn(event: unknown): readonly unknown[] | undefined {
  const { Records: list = event, records: topics } = (event ?? {}) as {
    readonly Records?: unknown;
    readonly records?: unknown;
  };
  // Kafka's are grouped by topic and partition.
  const records = isRecord(topics) ? Object.values(topics).flat() : list;
  return Array.isArray(records) && records.length > 0 ? records : undefined;
}
