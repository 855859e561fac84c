import type { Batch } from './batch.ts';
import { describe } from './describe.ts';
import { InvalidEventError } from './errors.ts';
import { LaneList } from './lane-list.ts';
import type { BatchMessage } from './message.ts';
import { SourceMessage } from './source-message.ts';
import { sources } from './sources/index.ts';
import type { ReadOptions, Source } from './sources/source.ts';
import { sqs } from './sources/sqs.ts';

interface Origin {
  readonly eventSource: string;
  readonly arn: string;
}

/** The records of an event in its order, and where each says it is from. */
interface Records {
  readonly records: readonly unknown[];
  /** The same object again where the record is from there. */
  readonly originOf: (record: unknown, previous?: Origin) => Origin;
}

/**
 * Reads a Lambda event into a batch. The event is not changed and nothing of it is copied that need not be.
 *
 * @param event what Lambda hands to the handler
 * @returns the messages and their lanes; an event without records is an empty batch
 * @throws {InvalidEventError} when the event is not a batch, its source is not known, its records come from two
 * sources, or a record lacks an identifier or repeats one: never an empty batch, whose response would delete
 * everything
 */
export function readBatch(event: unknown, options: ReadOptions = {}): Batch {
  const { records, originOf } = readRecords(event);
  if (records.length === 0) return { source: sqs, messages: [], lanes: [] };
  const origin = originOf(records[0]);
  const source = findSource(origin);
  // Of their full length at once: an array that grows by and by is copied again and again.
  const messages = new Array<BatchMessage>(records.length);
  const lanes = new LaneList();
  const ids = new Set<string>();
  let read = 0;
  records.forEach((record, index) => {
    const another = originOf(record, origin);
    if (another !== origin) {
      throw new InvalidEventError(
        `One event holds records of two sources: ${inWords(origin)} and ${inWords(another)}`,
      );
    }
    if (!isObject(record)) {
      throw new InvalidEventError(`A ${source.name} record must be an object, not ${describe(record)}`);
    }
    const { id, receiveCount, lane } = source.readHead(record, options);
    if (ids.has(id)) {
      if (source.mayRepeat) return;
      throw new InvalidEventError(`${source.name} message ${id} comes twice in one batch`);
    }
    ids.add(id);
    const content = source.content(record);
    lanes.add(read, lane);
    messages[read++] = new SourceMessage(source, { id, receiveCount, content }, records, index);
  });
  messages.length = read;
  return { source, messages, lanes: lanes.all };
}

function readRecords(event: unknown): Records {
  const { Records: records, records: byPartition } = (isObject(event) ? event : {}) as {
    readonly Records?: unknown;
    readonly records?: unknown;
  };
  // Of both kinds at once one would be passed over in silence, and deleted.
  if (Array.isArray(records) && byPartition === undefined) return { records, originOf: readOrigin };
  if (isLists(byPartition) && records === undefined) {
    const origin = readKafkaOrigin(event);
    return { records: Object.values(byPartition).flat(), originOf: () => origin };
  }
  throw new InvalidEventError(
    `The event must be a batch { "Records": [...] } of SQS, Kinesis or DynamoDB Streams, ` +
      `or { "records": { "topic-0": [...] } } of Kafka, not ${describe(event)}`,
  );
}

function readOrigin(record: unknown, previous?: Origin): Origin {
  if (isObject(record)) {
    const { eventSource, eventSourceARN } = record as {
      readonly eventSource?: unknown;
      readonly eventSourceARN?: unknown;
    };
    if (previous && eventSource === previous.eventSource && eventSourceARN === previous.arn) return previous;
    if (typeof eventSource === 'string' && typeof eventSourceARN === 'string') {
      return { eventSource, arn: eventSourceARN };
    }
  }
  throw new InvalidEventError(`A record must have an eventSource and an eventSourceARN: ${describe(record)}`);
}

/** Kafka's is said once, for all records; a self-managed cluster has no ARN. */
function readKafkaOrigin(event: unknown): Origin {
  const { eventSource } = event as { readonly eventSource?: unknown };
  if (typeof eventSource === 'string') return { eventSource, arn: '' };
  throw new InvalidEventError(`A batch of Kafka must have an eventSource: ${describe(event)}`);
}

function inWords({ eventSource, arn }: Origin): string {
  return `${describe(eventSource)} ${describe(arn)}`;
}

function findSource({ eventSource, arn }: Origin): Source {
  const source = sources.find((candidate) => candidate.delivers(eventSource, arn));
  if (source) return source;
  throw new InvalidEventError(
    `The event's source ${describe(eventSource)} is not known; known: ${sources.map(({ name }) => name).join(', ')}`,
  );
}

/** Kafka's records, by topic and partition. */
function isLists(value: unknown): value is Readonly<Record<string, readonly unknown[]>> {
  return (
    isObject(value) && !Array.isArray(value) && Object.values(value).every((list) => Array.isArray(list))
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
