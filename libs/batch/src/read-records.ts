import { describe } from './describe.ts';
import { InvalidEventError } from './errors.ts';
import { pipeSources, sources } from './sources/index.ts';
import type { Source } from './sources/source.ts';
import { sqs } from './sources/sqs.ts';

/** The records of an event, one per message, and their source. */
interface SourceRecords {
  readonly source: Source;
  readonly records: readonly object[];
}

interface Origin {
  readonly eventSource: string;
  /** Empty for a self-managed Kafka cluster, which has none. */
  readonly arn: string;
}

/** The three shapes in which records come. */
interface BatchEvent {
  readonly Records?: unknown;
  readonly records?: unknown;
  readonly eventSource?: unknown;
}

/** What an event of a tumbling window has beside its records. */
const WINDOW_KEYS = ['window', 'state', 'isFinalInvokeForWindow', 'isWindowTerminatedEarly'];

/**
 * Reads the records of a Lambda event, in the order in which they are processed.
 *
 * @throws {InvalidEventError} when the event is not a batch or belongs to a tumbling window, its source is unknown, or its
 * records are from several sources or are no records
 */
export function readRecords(event: unknown): SourceRecords {
  if (Array.isArray(event)) return fromRecords(event, pipeSources, readPipeOrigin);
  const { Records, records, eventSource } = (isObject(event) ? event : {}) as BatchEvent;
  refuseWindow(event);
  // Of both kinds at once one would be ignored, and deleted.
  if (Array.isArray(Records) && records === undefined) return fromRecords(Records, sources, readOrigin);
  if (isLists(records) && Records === undefined) {
    const origin = readKafkaOrigin(eventSource);
    // Not `flat`, which skips holes.
    return fromRecords(
      Object.values(records).flatMap((list) => [...list]),
      sources,
      () => origin,
    );
  }
  throw new InvalidEventError(
    `The event must be a batch { "Records": [...] } of SQS, Kinesis or DynamoDB Streams, ` +
      `{ "records": { "topic-0": [...] } } of Kafka, or a list of records from EventBridge Pipes, ` +
      `not ${describe(event)}`,
  );
}

function fromRecords(
  records: readonly unknown[],
  known: readonly Source[],
  originOf: (record: unknown) => Origin,
): SourceRecords {
  if (records.length === 0) return { source: sqs, records: [] };
  const origin = originOf(records[0]);
  const source = findSource(origin, known);
  // By an iterator, which does not skip holes.
  for (const record of records) {
    const other = originOf(record);
    if (other.eventSource !== origin.eventSource || other.arn !== origin.arn) {
      throw new InvalidEventError(
        `One event holds records of two sources: ${inWords(origin)} and ${inWords(other)}`,
      );
    }
    if (!isObject(record)) {
      throw new InvalidEventError(`A ${source.name} record must be an object, not ${describe(record)}`);
    }
  }
  return { source, records: (source.arrange?.(records) ?? records) as readonly object[] };
}

function refuseWindow(event: unknown): void {
  const keys = isObject(event) ? WINDOW_KEYS.filter((key) => key in event) : [];
  if (keys.length === 0) return;
  throw new InvalidEventError(
    `The event belongs to a tumbling window (it has ${keys.join(', ')}): Lambda expects the window's state in the ` +
      'response, which a partial batch response does not have. Remove TumblingWindowInSeconds from the event source ' +
      'mapping, or handle windows without batchHandler',
  );
}

function readOrigin(record: unknown): Origin {
  const { eventSource, eventSourceARN } = (isObject(record) ? record : {}) as {
    readonly eventSource?: unknown;
    readonly eventSourceARN?: unknown;
  };
  if (typeof eventSource === 'string' && typeof eventSourceARN === 'string') {
    return { eventSource, arn: eventSourceARN };
  }
  throw new InvalidEventError(
    `A record must have an eventSource and an eventSourceARN, not be ${describe(record)}`,
  );
}

/** Records of a pipe have the name of Kafka's ARN written otherwise, and a self-managed cluster has none. */
function readPipeOrigin(record: unknown): Origin {
  const { eventSource, eventSourceARN, eventSourceArn } = (isObject(record) ? record : {}) as {
    readonly eventSource?: unknown;
    readonly eventSourceARN?: unknown;
    readonly eventSourceArn?: unknown;
  };
  const arn = eventSourceARN ?? eventSourceArn ?? '';
  if (typeof eventSource === 'string' && typeof arn === 'string') return { eventSource, arn };
  throw new InvalidEventError(
    `A record of EventBridge Pipes must have an eventSource, not be ${describe(record)}`,
  );
}

/** Kafka's is given once, for all records. */
function readKafkaOrigin(eventSource: unknown): Origin {
  if (typeof eventSource === 'string') return { eventSource, arn: '' };
  throw new InvalidEventError(`A batch of Kafka must have an eventSource, not ${describe(eventSource)}`);
}

function inWords({ eventSource, arn }: Origin): string {
  return `${describe(eventSource)} ${describe(arn)}`;
}

function findSource({ eventSource, arn }: Origin, known: readonly Source[]): Source {
  const source = known.find((candidate) => candidate.delivers(eventSource, arn));
  if (source) return source;
  const names = known.map(({ name }) => name).join(', ');
  throw new InvalidEventError(`The event's source ${describe(eventSource)} is not known; known: ${names}`);
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
