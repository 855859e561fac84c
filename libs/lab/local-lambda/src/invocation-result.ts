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
  /** What it left running, in strict mode; empty when there was nothing. */
  readonly leaks?: readonly Leak[];
  /** What of the memory size was enforced, where that was asked for. */
  readonly limits?: Limits;
  /** Whether the function saw nothing of this machine's files but what it needs; absent where it ran elsewhere. */
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
  /** What the Invoke API has in `X-Amz-Function-Error`. */
  readonly functionError: 'Unhandled';
  readonly error: InvocationError;
}

/**
 * How an invocation ended.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export type InvocationResult = SuccessfulInvocation | FailedInvocation;
