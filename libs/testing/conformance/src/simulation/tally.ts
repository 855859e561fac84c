/** What is counted over rounds. */
export interface Tally {
  readonly messages: number;
  readonly batches: number;
  /** Batches whose invocation was killed, timed out, threw or crashed: what it answered was lost. */
  readonly lostResponses: number;
  /** Messages that were done more than once. */
  readonly repeated: number;
  readonly deadLetters: number;
}

/** Of no round. */
export const noTally: Tally = { messages: 0, batches: 0, lostResponses: 0, repeated: 0, deadLetters: 0 };

/** Counts two together. */
export function addTallies(one: Tally, other: Tally): Tally {
  return {
    messages: one.messages + other.messages,
    batches: one.batches + other.batches,
    lostResponses: one.lostResponses + other.lostResponses,
    repeated: one.repeated + other.repeated,
    deadLetters: one.deadLetters + other.deadLetters,
  };
}
