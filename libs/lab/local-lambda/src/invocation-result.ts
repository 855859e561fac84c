import type { Report } from './report.ts';
import type { Isolation } from './sandbox/isolation.ts';
import type { Limits } from './sandbox/limits.ts';
import type { Leak } from './strict/leak.ts';

/** An error as the Invoke API returns it. */
export interface InvocationError {
  /** The thrown error's name, or Lambda's own: `Runtime.ExitError`, `Sandbox.Timedout`, … */
  readonly errorType: string;
  readonly errorMessage: string;
  /** The stack, line by line. */
  readonly trace?: readonly string[];
}

interface Settled {
  readonly requestId: string;
  /** Everything logged for this invocation, with Lambda's own lines: `START`, `END`, `REPORT`. */
  readonly log: string;
  readonly report: Report;
  /** Operations that it left running, in strict mode; empty if there were none. */
  readonly leaks?: readonly Leak[];
  /** Limits that were enforced, if `limits` is set. */
  readonly limits?: Limits;
  /** Isolation of the function from the files of this machine; absent if it ran elsewhere. */
  readonly isolation?: Isolation;
}

/** The function responded. */
export interface SuccessfulInvocation extends Settled {
  readonly status: 'success';
  /** The response, parsed. A handler that returns nothing responds with `null`. */
  readonly payload: unknown;
}

/** The handler threw, the runtime ended, INIT failed (`error`), or time ran out (`timeout`). */
export interface FailedInvocation extends Settled {
  readonly status: 'error' | 'timeout';
  /** Value of `X-Amz-Function-Error` in the Invoke API. */
  readonly functionError: 'Unhandled';
  readonly error: InvocationError;
}

/**
 * Result of an invocation.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export type InvocationResult = SuccessfulInvocation | FailedInvocation;
