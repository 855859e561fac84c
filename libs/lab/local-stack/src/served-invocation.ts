import type { InvocationResult, LogSource } from '@parallel-lambda/local-lambda';

/** Caller of a function: a client of the Invoke API, synchronously or not, or an event source mapping. */
export type Origin = 'invoke' | 'event' | 'mapping';

/** An invocation that has ended. */
export interface ServedInvocation {
  /** The function's name. */
  readonly function: string;
  readonly origin: Origin;
  readonly result: InvocationResult;
  /** Size of a mapping's batch. */
  readonly batch?: BatchCount;
}

/** Result of reading a response. */
export interface BatchCount {
  readonly messages: number;
  /** Number of these that did not succeed: they are redelivered or were discarded. */
  readonly failed: number;
}

/** An entry of the log of a served function. */
export interface ServedLogEntry extends LogSource {
  /** The function's name. */
  readonly function: string;
  readonly entry: string;
}

/** Listeners of a served function. */
export interface ServedFunctionEvents {
  /** Receives each finished invocation. */
  readonly onInvocation: (invocation: ServedInvocation) => void;
  /** Receives each entry of the functions' logs as it is written. @default none */
  readonly onLog?: ((entry: ServedLogEntry) => void) | undefined;
}
