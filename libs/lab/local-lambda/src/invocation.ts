import type { InvocationError } from './invocation-result.ts';

/** What a runtime is handed. */
export interface Invocation {
  readonly requestId: string;
  /** The event, as JSON. */
  readonly event: string;
  /** When the function's time runs out, in milliseconds since 1970. */
  readonly deadlineMs: number;
  readonly functionArn: string;
  readonly traceId: string;
}

/** What a runtime answers, and how long it took from getting the event, in milliseconds. */
export type Answer =
  | { readonly kind: 'response'; readonly body: string; readonly durationMs: number }
  | { readonly kind: 'error'; readonly error: InvocationError; readonly durationMs: number };

/** How the runtime's INIT ended: it asks for an event, or says what went wrong. */
export type InitAnswer =
  { readonly kind: 'ready' } | { readonly kind: 'error'; readonly error: InvocationError };
