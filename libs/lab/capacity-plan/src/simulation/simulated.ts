import type { MessageTimes } from './message-times.ts';
import type { Limit } from './scenario.ts';

/** What each second was like; every array has an element a second. */
export interface Course {
  /** Messages that arrived, and that were done. */
  readonly arrived: Float64Array;
  readonly done: Float64Array;
  /** Batches in work, the mean of the second. */
  readonly concurrency: Float64Array;
  /** Messages that wait to be received, at its end. */
  readonly backlog: Float64Array;
  /** Seconds that the first of them has waited since it arrived. */
  readonly oldestAge: Float64Array;
  /** Messages received and not deleted: in work, being gathered, or hidden until they come again. */
  readonly inFlight: Float64Array;
}

/** Sums over the whole time. Messages and batches are those of a fluid: parts of one count. */
export interface Totals {
  arrived: number;
  done: number;
  deadLetters: number;
  /** Beyond the retention period. */
  expired: number;
  /** At the end. */
  waiting: number;
  /** At the end: received, neither done nor given up. */
  inFlight: number;
  invocations: number;
  /** Of those, with INIT. */
  coldStarts: number;
  billedMs: number;
  /** Receives and deletes, of ten messages at most. */
  queueRequests: number;
}

/** What held messages back, and when. */
export interface Hindrance {
  readonly firstSecond: number;
  readonly seconds: number;
}

/** What came out. */
export interface Simulation {
  readonly course: Course;
  readonly totals: Totals;
  readonly times: MessageTimes;
  readonly hindrances: ReadonlyMap<Limit, Hindrance>;
}
