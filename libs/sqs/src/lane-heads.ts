import type { Fate, Outcome } from '@parallel-lambda/batch';
import type { RedeliveryRequest } from '@parallel-lambda/batch/technique';

/** State of a message that did not succeed and blocks its lane. */
export interface LaneHead {
  /** Its position in the batch. */
  readonly position: number;
  readonly outcome: Outcome;
  /** The messages of its lane that did not succeed, itself first, by their positions. */
  readonly rest: readonly number[];
}

/** Returns the first message of each lane that has neither succeeded nor been parked. */
export function laneHeads(
  { batch, outcomes }: RedeliveryRequest,
  fates: readonly (Fate | undefined)[],
): readonly LaneHead[] {
  return batch.lanes.flatMap((lane) => {
    const rest = lane.filter(
      (position) => outcomes[position]?.status !== 'succeeded' && fates[position] !== 'parked',
    );
    const [position] = rest;
    const outcome = position === undefined ? undefined : outcomes[position];
    return position === undefined || !outcome ? [] : [{ position, outcome, rest }];
  });
}

/**
 * Returns the position from which on a source redelivers everything because of messages that hold it up; `Infinity` if it keeps no
 * checkpoint. Records of one aggregated record share their identifier, and so their checkpoint.
 *
 * @param blocked the positions of these messages
 */
export function checkpointOf(
  { batch: { source, messages } }: RedeliveryRequest,
  blocked: readonly number[],
): number {
  if (!source.checkpoint || blocked.length === 0) return Infinity;
  const first = Math.min(...blocked);
  const message = messages[first];
  if (!message) return first;
  const identifier = source.identify(message);
  let checkpoint = first;
  for (let before = messages[checkpoint - 1]; before; before = messages[checkpoint - 1]) {
    if (source.identify(before) !== identifier) break;
    checkpoint -= 1;
  }
  return checkpoint;
}
