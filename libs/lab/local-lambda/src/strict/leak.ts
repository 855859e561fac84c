/** An operation that an invocation started and did not finish before its response. Lambda freezes it until the next invocation. */
export interface Leak {
  /** Such as `an interval of 1000 ms`. */
  readonly what: string;
  /** Place in the code where it was started, if it is known, such as `handler (/task/handler.mjs:3:5)`. */
  readonly where?: string;
  /** Number of leaks of this kind. */
  readonly count: number;
}
