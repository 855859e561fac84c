/** The place of a record in its shard. */
export interface SequencePlace {
  readonly sequenceNumber: unknown;
  /** Tells records apart that were aggregated into one. */
  readonly subSequenceNumber?: unknown;
}

/**
 * Puts the records of a shard into the order of their sequence numbers, so that the first failure of a batch is the lowest
 * one. Lambda delivers them in that order, but code before the handler may not.
 *
 * @returns the same list when it is in order, or when a sequence number is not a whole number
 */
export function inSequence<SourceRecord>(
  records: readonly SourceRecord[],
  placeOf: (record: SourceRecord) => SequencePlace,
): readonly SourceRecord[] {
  let previous: SequencePlace | undefined;
  const isInOrder = Array.from(records).every((record) => {
    const place = placeOf(record);
    const follows = !previous || !isBefore(place, previous);
    previous = place;
    return follows;
  });
  if (isInOrder) return records;
  const places = Array.from(records, (record) => ({ record, place: placeOf(record) }));
  if (!places.every(({ place }) => /^\d+$/.test(String(place.sequenceNumber)))) return records;
  return places.sort((one, other) => compare(one.place, other.place)).map(({ record }) => record);
}

/** Compares without `BigInt`, which would take as long as all else for each record: a number of more digits is larger. */
function isBefore(one: SequencePlace, other: SequencePlace): boolean {
  const [first, second] = [String(one.sequenceNumber), String(other.sequenceNumber)];
  if (first === second) return subSequence(one) < subSequence(other);
  return first.length === second.length ? first < second : first.length < second.length;
}

function compare(one: SequencePlace, other: SequencePlace): number {
  const [first, second] = [BigInt(String(one.sequenceNumber)), BigInt(String(other.sequenceNumber))];
  if (first === second) return subSequence(one) - subSequence(other);
  return first < second ? -1 : 1;
}

function subSequence({ subSequenceNumber = 0 }: SequencePlace): number {
  return Number(subSequenceNumber);
}
