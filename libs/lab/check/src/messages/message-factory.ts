import { isRecord, LabError } from '@parallel-lambda/local-lambda';

import { sourceFormats, fieldsOf, type Fields, type SourceFormat } from './event-source-format.ts';
import type { SourceName, TestMessage } from './test-message.ts';
import { tokensOf } from './tokens.ts';
import { bodyFrom } from './vary-body.ts';

/** Fields of one message. */
export interface MessageOptions {
  /** @default a separate lane */
  readonly lane?: string | undefined;
  /** @default made from the template */
  readonly body?: string | undefined;
  /** @default 1 */
  readonly receiveCount?: number | undefined;
}

/** Source of the messages of a check. */
export interface MessageInputs {
  /** Events, as Lambda passes them to the function. */
  readonly events?: readonly { readonly file: string; readonly event: unknown }[];
  /** Body of each message; `{n}` is a counter and `{id}` an identifier. */
  readonly body?: string | undefined;
  /** @default that of the events, or `sqs` */
  readonly source?: SourceName | undefined;
  /** Decides the identifiers and which messages fail. */
  readonly seed: number;
}

/** More than a check delivers. */
const messagesPerSeed = 100_000;

const defaultBody = '{"id":"{id}","number":{n},"text":"A message of the lab"}';

/** Makes the messages of a check: from events of the user, from a template, or its own. */
export class MessageFactory {
  readonly source: SourceName;
  readonly format: SourceFormat;
  /** True if the user has described the messages. */
  readonly isOwn: boolean;
  readonly seed: number;
  readonly #records: readonly Fields[];

  /** @throws {LabError} `usage`, if an event has no records, or records of another source */
  constructor({ events = [], body, source, seed }: MessageInputs) {
    this.seed = seed;
    const found = events.flatMap(({ event, file }) => recordsIn(event, file));
    this.source = source ?? found[0]?.source ?? 'sqs';
    this.format = sourceFormats[this.source];
    const other = found.find((each) => each.source !== this.source);
    if (other) {
      throw new LabError(
        'usage',
        `${other.file} is an event of ${other.source}: expected ${this.source}. Check one source at a time.`,
      );
    }
    this.isOwn = found.length > 0 || body !== undefined;
    this.#records =
      found.length > 0 ? found.map(({ record }) => record) : [this.format.recordOf(body ?? defaultBody)];
  }

  /**
   * Makes a message. The same index makes the same message.
   *
   * @param index number of the message in the whole check, from 0
   */
  make(index: number, { lane: shared, body, receiveCount }: MessageOptions = {}): TestMessage {
    const lane = shared ?? `lane-${index}`;
    const template = this.#records[index % this.#records.length] ?? {};
    const number = this.seed * messagesPerSeed + index;
    const text = body ?? bodyFrom(this.format.bodyOf(template), number);
    const record = this.format.changed(template, {
      body: text,
      index: number,
      lane,
      isShared: shared !== undefined,
      ...(receiveCount && { receiveCount }),
    });
    const key = this.format.keyOf(record);
    // A stream's function may identify a record by its event.
    const eventId = typeof record.eventID === 'string' ? [record.eventID] : [];
    const tokens = [...tokensOf(key, text), ...eventId];
    return { key, lane: this.format.ordered ? lane : undefined, tokens, record };
  }

  /** Makes messages with consecutive numbers. */
  batch(from: number, count: number, options: (place: number) => MessageOptions = () => ({})): TestMessage[] {
    return Array.from({ length: count }, (_, place) => this.make(from + place, options(place)));
  }
}

interface FoundRecord {
  readonly source: SourceName;
  readonly record: Fields;
  readonly file: string;
}

/** @throws {LabError} `usage`, if there are none */
function recordsIn(event: unknown, file: string): readonly FoundRecord[] {
  const { Records: records, records: topics } = fieldsOf(event);
  const lists: readonly unknown[] = Array.isArray(event)
    ? event
    : Array.isArray(records)
      ? records
      : Object.values(fieldsOf(topics)).flat();
  const found = lists.filter(isRecord).flatMap((record): FoundRecord[] => {
    const source = sourceOf(record);
    return source ? [{ source, record, file }] : [];
  });
  if (found.length > 0) return found;
  throw new LabError(
    'usage',
    `${file} has no messages of SQS, Kinesis, DynamoDB Streams or Kafka. Use the JSON that Lambda passes to the handler.`,
  );
}

function sourceOf(record: Fields): SourceName | undefined {
  if ('kinesis' in record) return 'kinesis';
  if ('dynamodb' in record) return 'dynamodb';
  if ('topic' in record && 'offset' in record) return 'kafka';
  if (!('messageId' in record)) return undefined;
  return String(record.eventSourceARN).endsWith('.fifo') ? 'sqs-fifo' : 'sqs';
}
