/** Counts over rounds. */
export interface Totals {
  readonly messages: number;
  readonly batches: number;
  /** Batches whose invocation was killed, timed out, threw or crashed, so that the response was lost. */
  readonly lostResponses: number;
  /** Messages that succeeded more than once. */
  readonly repeated: number;
  readonly deadLetters: number;
  /** Messages that were parked by an invocation whose response was not lost. */
  readonly parked: number;
  /** Messages that were parked more than once, each further time because the response of an earlier invocation was lost. */
  readonly parkedAgain: number;
  /** Visibility timeouts that were set. */
  readonly delayed: number;
}

export const noTotals: Totals = {
  messages: 0,
  batches: 0,
  lostResponses: 0,
  repeated: 0,
  deadLetters: 0,
  parked: 0,
  parkedAgain: 0,
  delayed: 0,
};

/** Returns the sums of two totals. */
export function addTotals(one: Totals, other: Totals): Totals {
  const names = Object.keys(noTotals) as (keyof Totals)[];
  return Object.fromEntries(names.map((name) => [name, one[name] + other[name]])) as unknown as Totals;
}
