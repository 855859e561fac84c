import type { Batch } from './batch.ts';
import { describe } from './describe.ts';
import { InvalidEventError } from './errors.ts';
import type { Lane } from './message.ts';
import { sources } from './sources/index.ts';
import type { Source, SourcedMessage } from './sources/source.ts';
import { sqs } from './sources/sqs.ts';

interface Origin {
  readonly eventSource: string;
  readonly eventSourceARN: string;
}

/**
 * Reads a Lambda event into a batch. The event is not changed and nothing of it is copied that need not be.
 *
 * @param event what Lambda hands to the handler
 * @returns the messages and their lanes; `Records: []` is an empty batch
 * @throws {InvalidEventError} when the event is not a batch, its source is not known, its records come from two
 * sources, or a record lacks an identifier or repeats one: never an empty batch, whose response would delete
 * everything
 */
export function readBatch(event: unknown): Batch {
  const records = readRecords(event);
  if (records.length === 0) return { source: sqs, messages: [], lanes: [] };
  const origin = readOrigin(records[0]);
  const source = findSource(origin);
  const messages: SourcedMessage[] = [];
  const seen = new Set<string>();
  for (const record of records) {
    if (!isFrom(record, origin)) throw fromElsewhere(record, origin);
    const message = source.readMessage(record);
    if (seen.size === seen.add(message.id).size) {
      if (source.mayRepeat) continue;
      throw new InvalidEventError(`${source.name} message ${message.id} comes twice in one batch`);
    }
    messages.push(message);
  }
  return { source, messages, lanes: lanesOf(messages) };
}

function readRecords(event: unknown): readonly unknown[] {
  const records = isObject(event) ? (event as { readonly Records?: unknown }).Records : undefined;
  if (Array.isArray(records)) return records;
  throw new InvalidEventError(
    `The event must be a batch { "Records": [...] } of ${sources.map(({ name }) => name).join(' or ')}, ` +
      `not ${describe(event)}`,
  );
}

function readOrigin(record: unknown): Origin {
  if (isObject(record)) {
    const { eventSource, eventSourceARN } = record as Partial<Record<keyof Origin, unknown>>;
    if (typeof eventSource === 'string' && typeof eventSourceARN === 'string') {
      return { eventSource, eventSourceARN };
    }
  }
  throw new InvalidEventError(`A record must have an eventSource and an eventSourceARN: ${describe(record)}`);
}

function isFrom(record: unknown, { eventSource, eventSourceARN }: Origin): record is object {
  if (!isObject(record)) return false;
  const other = record as Partial<Record<keyof Origin, unknown>>;
  return other.eventSource === eventSource && other.eventSourceARN === eventSourceARN;
}

function fromElsewhere(record: unknown, origin: Origin): InvalidEventError {
  const other = readOrigin(record);
  return new InvalidEventError(
    `One event holds records of two sources: ${inWords(origin)} and ${inWords(other)}`,
  );
}

function inWords({ eventSource, eventSourceARN }: Origin): string {
  return `${describe(eventSource)} ${describe(eventSourceARN)}`;
}

function findSource({ eventSource, eventSourceARN }: Origin): Source {
  const source = sources.find((candidate) => candidate.delivers(eventSource, eventSourceARN));
  if (source) return source;
  throw new InvalidEventError(
    `The event's source ${describe(eventSource)} is not known; known: ${sources.map(({ name }) => name).join(', ')}`,
  );
}

function lanesOf(messages: readonly SourcedMessage[]): readonly Lane[] {
  const named = new Map<string, number[]>();
  const lanes: number[][] = [];
  messages.forEach(({ lane }, position) => {
    const existing = lane === undefined ? undefined : named.get(lane);
    if (existing) {
      existing.push(position);
      return;
    }
    const opened = [position];
    lanes.push(opened);
    if (lane !== undefined) named.set(lane, opened);
  });
  return lanes;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
