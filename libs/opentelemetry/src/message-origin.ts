import type { Attributes, SpanContext } from '@opentelemetry/api';

import { fromCarrier, fromXRayHeader } from './trace-context.ts';

/** The parts of the sources' records that are read here. Whatever else is in their place is ignored. */
interface SourceRecord {
  readonly eventSource?: unknown;
  readonly eventSourceARN?: unknown;
  readonly eventSourceArn?: unknown;
  readonly eventID?: unknown;
  /** SQS: the attributes that SQS adds to the message. */
  readonly attributes?: Readonly<Record<string, unknown>> | null;
  /** SQS: what the sender added. */
  readonly messageAttributes?: Readonly<Record<string, { readonly stringValue?: unknown } | null>> | null;
  readonly topic?: unknown;
  readonly partition?: unknown;
  readonly offset?: unknown;
  /** Kafka: a list of objects, each with the bytes of one header. */
  readonly headers?: unknown;
}

/** The origin of a message. */
export interface MessageOrigin {
  /** The name of its queue, stream, table or topic; empty if it is not known. */
  readonly destination: string;
  /** The attributes of the origin, by the semantic conventions for messaging. */
  readonly attributes: Attributes;
  /** The spans in which the message was sent, if it names them. */
  readonly producers: readonly SpanContext[];
}

/** Reads the origin of a message. It never throws. */
export function messageOrigin(record: unknown): MessageOrigin {
  const fields = (typeof record === 'object' && record !== null ? record : {}) as SourceRecord;
  const arn = textOf(fields.eventSourceARN ?? fields.eventSourceArn);
  switch (fields.eventSource) {
    case 'aws:sqs':
      return origin('aws_sqs', arn.split(':').at(-1) ?? '', {}, sqsProducers(fields));
    case 'aws:kinesis': {
      const [, shard] = /^(shardId-\d+):/.exec(textOf(fields.eventID)) ?? [];
      return origin('aws_kinesis', resourceOf(arn), partitionOf(shard));
    }
    case 'aws:dynamodb':
      return origin('aws_dynamodb', resourceOf(arn));
    default:
      return origin('kafka', textOf(fields.topic), kafkaAttributes(fields), kafkaProducers(fields));
  }
}

function origin(
  system: string,
  destination: string,
  attributes: Attributes = {},
  producers: readonly (SpanContext | undefined)[] = [],
): MessageOrigin {
  return {
    destination,
    attributes: {
      'messaging.system': system,
      ...(destination !== '' && { 'messaging.destination.name': destination }),
      ...attributes,
    },
    producers: producers.filter((producer) => producer !== undefined),
  };
}

/** Returns `orders` of `arn:aws:kinesis:…:stream/orders` and of `arn:aws:dynamodb:…:table/orders/stream/2026-…`. */
function resourceOf(arn: string): string {
  return arn.split('/')[1] ?? '';
}

function partitionOf(partition: string | undefined): Attributes {
  return partition === undefined ? {} : { 'messaging.destination.partition.id': partition };
}

function sqsProducers({ attributes, messageAttributes }: SourceRecord): (SpanContext | undefined)[] {
  const sent = Object.entries(messageAttributes ?? {}).map(
    ([name, value]) => [name, value?.stringValue] as const,
  );
  return [fromCarrier(Object.fromEntries(sent)), fromXRayHeader(attributes?.AWSTraceHeader)];
}

function kafkaAttributes({ partition, offset }: SourceRecord): Attributes {
  return {
    ...partitionOf(partition === undefined ? undefined : textOf(partition)),
    ...(typeof offset === 'number' && { 'messaging.kafka.offset': offset }),
  };
}

/** Reads the headers, which Lambda passes as lists of bytes. The last one of a name counts. */
function kafkaProducers({ headers }: SourceRecord): (SpanContext | undefined)[] {
  const all: readonly unknown[] = Array.isArray(headers) ? headers : [];
  const sent = all
    .flatMap((header) => Object.entries(Object(header) as object))
    .flatMap(([name, bytes]: [string, unknown]) =>
      Array.isArray(bytes) ? [[name, Buffer.from(bytes).toString()] as const] : [],
    );
  return [fromCarrier(Object.fromEntries(sent))];
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
}
