/** Counts over rounds. */
export interface Totals {
  readonly messages: number;
  readonly batches: number;
  /** Batches whose invocation was killed, timed out, threw or crashed, so that the response was lost. */
  readonly lostResponses: number;
  /** Messages that succeeded more than once. */
  readonly repeated: number;
  readonly deadLetters: number;
}

export const noTotals: Totals = { messages: 0, batches: 0, lostResponses: 0, repeated: 0, deadLetters: 0 };

/** Returns the sums of two totals. */
export function addTotals(one: Totals, other: Totals): Totals {
  return {
    messages: one.messages + other.messages,
    batches: one.batches + other.batches,
    lostResponses: one.lostResponses + other.lostResponses,
    repeated: one.repeated + other.repeated,
    deadLetters: one.deadLetters + other.deadLetters,
  };
}
