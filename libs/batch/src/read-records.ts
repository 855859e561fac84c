import { describe } from './describe.ts';
import { InvalidEventError } from './errors.ts';
import { isObject } from './read-property.ts';
import { pipeSources, sources } from './sources/index.ts';
import { invalid } from './sources/required.ts';
import type { Source } from './sources/source.ts';
import { sqs } from './sources/sqs.ts';

/** The records of an event, one per message, and their source. */
interface SourceRecords {
  readonly source: Source;
  readonly records: readonly object[];
}

/** Describes the origin of records: each record does or, for Kafka, the event. */
interface Origin {
  readonly eventSource?: unknown;
  readonly eventSourceARN?: unknown;
  /** Kafka's spelling; a self-managed cluster has no ARN. */
  readonly eventSourceArn?: unknown;
}

/** An event in any format that contains records. */
interface BatchEvent extends Origin {
  readonly Records?: unknown;
  readonly records?: unknown;
}

/** Fields of an event of a tumbling window. */
const WINDOW_KEYS = ['window', 'state', 'isFinalInvokeForWindow'];

/**
 * Reads the records of a Lambda event, in the order in which they are processed.
 *
 * @throws {InvalidEventError} when the event is not a batch or belongs to a tumbling window, its source is unknown, or its
 * records are from several sources or are no records
 */
export function readRecords(event: unknown): SourceRecords {
  if (Array.isArray(event)) return fromRecords(event, pipeSources);
  const batch = Object(event) as BatchEvent;
  const { Records, records } = batch;
  if (WINDOW_KEYS.some((key) => key in batch)) {
    throw new InvalidEventError(
      'The event belongs to a tumbling window, whose state a partial batch response cannot return. ' +
        'Remove TumblingWindowInSeconds from the mapping',
    );
  }
  // With both kinds, one would be ignored, and its messages deleted.
  if (Array.isArray(Records) && records === undefined) return fromRecords(Records, sources);
  if (isLists(records) && Records === undefined) {
    // Not `flat`, which skips holes.
    const all = Object.values(records).flatMap((list) => [...list]);
    return fromRecords(all, sources, batch);
  }
  throw invalid(
    'The event must be a batch { "Records": [...] } of SQS, Kinesis or DynamoDB Streams, ' +
      '{ "records": {...} } of Kafka, or a list from EventBridge Pipes',
    event,
  );
}

/** @param origin of all records; by default each record has its own */
function fromRecords(all: readonly unknown[], known: readonly Source[], origin?: Origin): SourceRecords {
  const [first] = all;
  // Kafka has its origin even when it has no records.
  const source = all.length > 0 || origin ? findSource(origin ?? first, known) : sqs;
  const head = Object(first) as Origin;
  const arn = arnOf(head);
  // By an iterator, which does not skip holes.
  for (const record of all as readonly (Origin | undefined)[]) {
    if (!isObject(record)) {
      throw invalid(`A ${source.name} record must be an object`, record);
    }
    if (!origin && (record.eventSource !== head.eventSource || arnOf(record) !== arn)) {
      throw new InvalidEventError(
        `One event holds records of two sources: ${inWords(head)} and ${inWords(record)}`,
      );
    }
  }
  const records = all as readonly object[];
  return { source, records: source.arrange?.(records) ?? records };
}

function findSource(holder: unknown, known: readonly Source[]): Source {
  const origin = Object(holder) as Origin;
  const { eventSource } = origin;
  if (typeof eventSource !== 'string') throw invalid('Records must have an eventSource', holder);
  const source = known.find((candidate) => candidate.delivers(eventSource, arnOf(origin)));
  if (source) return source;
  const names = known.map(({ name }) => name).join(', ');
  throw new InvalidEventError(`The event's source ${inWords(origin)} is not known; known: ${names}`);
}

/** @returns the ARN; an empty text where there is none */
function arnOf({ eventSourceARN, eventSourceArn }: Origin): string {
  const arn = eventSourceARN ?? eventSourceArn;
  return typeof arn === 'string' ? arn : '';
}

function inWords(origin: Origin): string {
  return `${describe(origin.eventSource)}, eventSourceARN ${describe(arnOf(origin))}`;
}

/** Kafka's records, by topic and partition. */
function isLists(value: unknown): value is Readonly<Record<string, readonly unknown[]>> {
  return isObject(value) && !Array.isArray(value) && Object.values(value).every(Array.isArray);
}
