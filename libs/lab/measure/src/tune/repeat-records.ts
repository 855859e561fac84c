import { isRecord } from '@parallel-lambda/local-lambda';

type Fields = Readonly<Record<string, unknown>>;

/** Numbers of the records of a stream or topic, which ascend. */
interface Numbered {
  readonly numberOf: (record: Fields) => unknown;
  /** Returns a record with another number; `round` is how often its event was repeated before. */
  readonly renumbered: (record: Fields, number: bigint, round: number) => Fields;
}

const kinesis: Numbered = {
  numberOf: ({ kinesis: data }) => fieldsOf(data).sequenceNumber,
  renumbered: (record, number) => {
    const sequenceNumber = String(number);
    const [shard = ''] = String(record.eventID).split(':');
    return {
      ...record,
      kinesis: { ...fieldsOf(record.kinesis), sequenceNumber },
      eventID: `${shard}:${sequenceNumber}`,
    };
  },
};

const dynamoDb: Numbered = {
  numberOf: ({ dynamodb: change }) => fieldsOf(change).SequenceNumber,
  renumbered: (record, number, round) => ({
    ...record,
    dynamodb: { ...fieldsOf(record.dynamodb), SequenceNumber: String(number) },
    eventID: `${String(record.eventID)}-${round}`,
  }),
};

const kafka: Numbered = {
  numberOf: ({ offset }) => offset,
  renumbered: (record, number) => ({ ...record, offset: Number(number) }),
};

/**
 * Returns what makes batches of any size of the records of Kinesis, DynamoDB Streams or Kafka: repeats them with ascending
 * numbers, and leaves their keys and partitions as they are, so that the order within these stays.
 *
 * @returns `undefined` for any other event
 */
export function repeatRecords(event: unknown): ((messages: number) => unknown) | undefined {
  const { Records: list = event, records: topics } = fieldsOf(event);
  if (isRecord(topics)) return repeatTopics(fieldsOf(event), topics);
  const records = Array.isArray(list) ? list.filter(isRecord) : [];
  const repeat = repeaterOf(records, kinesis) ?? repeaterOf(records, dynamoDb) ?? repeaterOf(records, kafka);
  if (!repeat) return undefined;
  return (messages) => (Array.isArray(event) ? repeat(messages) : { Records: repeat(messages) });
}

/** Kafka's records are grouped by topic and partition. */
function repeatTopics(event: Fields, topics: Fields): ((messages: number) => unknown) | undefined {
  const groupOf = new Map<Fields, string>();
  for (const [group, records] of Object.entries(topics)) {
    for (const record of Array.isArray(records) ? records.filter(isRecord) : []) groupOf.set(record, group);
  }
  const records = [...groupOf.keys()];
  const repeat = repeaterOf(records, kafka);
  if (!repeat) return undefined;
  return (messages) => {
    const groups = Map.groupBy(
      repeat(messages).map((record, place) => ({ record, of: records[place % records.length] })),
      ({ of }) => (of && groupOf.get(of)) ?? '',
    );
    const entries = [...groups].map(
      ([group, members]) => [group, members.map(({ record }) => record)] as const,
    );
    return { ...event, records: Object.fromEntries(entries) };
  };
}

function repeaterOf(
  records: readonly Fields[],
  { numberOf, renumbered }: Numbered,
): ((messages: number) => readonly Fields[]) | undefined {
  const numbers = records.map((record) => String(numberOf(record)));
  if (records.length === 0 || !numbers.every((number) => /^\d+$/.test(number))) return undefined;
  const sorted = numbers.map(BigInt).sort((one, other) => (one < other ? -1 : 1));
  const span = (sorted.at(-1) ?? 0n) - (sorted[0] ?? 0n) + 1n;
  return (messages) =>
    Array.from({ length: messages }, (_, place) => {
      const at = place % records.length;
      const round = Math.floor(place / records.length);
      const record = records[at] ?? {};
      return round === 0
        ? record
        : renumbered(record, BigInt(numbers[at] ?? 0) + BigInt(round) * span, round);
    });
}

function fieldsOf(value: unknown): Fields {
  return isRecord(value) ? value : {};
}
