import type { InvocationError } from './invocation-result.ts';

/** An event for a runtime. */
export interface Invocation {
  readonly requestId: string;
  /** The event, as JSON. */
  readonly event: string;
  /** Time of the function's timeout, in milliseconds since 1970. */
  readonly deadlineMs: number;
  readonly functionArn: string;
  readonly traceId: string;
}

/** Response of a runtime, and its duration in milliseconds. */
export type Answer =
  | { readonly kind: 'response'; readonly body: string; readonly durationMs: number }
  | { readonly kind: 'error'; readonly error: InvocationError; readonly durationMs: number };

/** End of the runtime's INIT: it asks for an event, or reports an error. */
export type InitAnswer =
  { readonly kind: 'ready' } | { readonly kind: 'error'; readonly error: InvocationError };
