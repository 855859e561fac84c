/** What an invocation has started and not settled when it responded: on Lambda it is frozen, and wakes in the next. */
export interface Leak {
  /** Such as `an interval of 1000 ms`. */
  readonly what: string;
  /** Where it was started, where that is known, such as `handler (/task/handler.mjs:3:5)`. */
  readonly where?: string;
  /** How many of it there are. */
  readonly count: number;
}
