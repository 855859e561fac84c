import { isRecord } from '@parallel-lambda/local-lambda';

/**
 * Counts the messages of a batch that are not finished. A stream continues at the first failed record, so all records from
 * there on count. An identifier that is not of the batch fails the whole batch.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function failedMessages(payload: unknown, event: unknown, messages: number): number {
  const failures = isRecord(payload) ? (payload.batchItemFailures ?? []) : [];
  if (!Array.isArray(failures)) return messages;
  const named = failures.map((failure) => keyOf(isRecord(failure) ? failure.itemIdentifier : undefined));
  if (named.length === 0) return 0;
  const { keys, isStream } = batchOf(event);
  const places = new Set(named.map((key) => (key === undefined ? -1 : keys.indexOf(key))));
  if (places.has(-1)) return messages;
  return isStream ? keys.length - Math.min(...places) : places.size;
}

interface Batch {
  /** Identifier of each record. */
  readonly keys: readonly (string | undefined)[];
  readonly isStream: boolean;
}

function batchOf(event: unknown): Batch {
  const { Records: records, records: topics } = isRecord(event) ? event : {};
  if (isRecord(topics)) {
    const keys = Object.entries(topics).flatMap(([partition, list]) =>
      listOf(list).map(({ offset }) => keyOf({ partition, offset })),
    );
    return { keys, isStream: false };
  }
  // EventBridge Pipes sends the records as a list, and identifies those of streams by `eventID`.
  const list = listOf(records ?? event);
  const isPipe = records === undefined;
  return {
    keys: list.map(({ messageId, eventID, kinesis, dynamodb }) => {
      if (isPipe) return keyOf(messageId ?? eventID);
      if (isRecord(kinesis)) return keyOf(kinesis.sequenceNumber);
      return keyOf(isRecord(dynamodb) ? dynamodb.SequenceNumber : messageId);
    }),
    isStream: list.some(({ messageId }) => messageId === undefined),
  };
}

function listOf(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** Kafka's identifiers are a partition and an offset. */
function keyOf(identifier: unknown): string | undefined {
  if (typeof identifier === 'string' && identifier !== '') return identifier;
  if (!isRecord(identifier)) return undefined;
  return `${String(identifier.partition)} ${String(identifier.offset)}`;
}
