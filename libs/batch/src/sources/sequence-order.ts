/** The place of a record in its shard. */
export interface SequencePlace {
  readonly sequenceNumber?: unknown;
  /** Distinguishes user records of one aggregated record. */
  readonly subSequenceNumber?: unknown;
}

/**
 * Puts the records of a shard into the order of their sequence numbers, so that the first failure of a batch is the lowest
 * one. Lambda delivers them in that order, but code before the handler may not.
 *
 * @returns the same list when it is in order, or when a sequence number is not a whole number
 */
export function inSequence(
  records: readonly object[],
  placeOf: (record: object) => SequencePlace,
): readonly object[] {
  const places = records.map(placeOf);
  const isInOrder = places.every((place, index) => index === 0 || compare(places[index - 1], place) <= 0);
  if (isInOrder || !places.every(({ sequenceNumber }) => /^\d+$/.test(String(sequenceNumber))))
    return records;
  return records.toSorted((one, other) => compare(placeOf(one), placeOf(other)));
}

/** Compares whole numbers without `BigInt`, which would double the time of reading a batch: more digits are more. */
function compare(one: SequencePlace = {}, other: SequencePlace = {}): number {
  const [first, second] = [String(one.sequenceNumber), String(other.sequenceNumber)];
  if (first === second) return Number(one.subSequenceNumber) - Number(other.subSequenceNumber) || 0;
  return first.length - second.length || (first < second ? -1 : 1);
}
