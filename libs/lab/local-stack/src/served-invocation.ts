import type { InvocationResult } from '@parallel-lambda/local-lambda';

/** Who invoked a function: a client of the Invoke API, synchronously or not, or an event source mapping. */
export type Origin = 'invoke' | 'event' | 'mapping';

/** An invocation that has ended. */
export interface ServedInvocation {
  /** The function's name. */
  readonly function: string;
  readonly origin: Origin;
  readonly result: InvocationResult;
  /** Of a mapping's batch. */
  readonly batch?: BatchCount;
}

/** What a mapping made of a response. */
export interface BatchCount {
  readonly messages: number;
  /** Of these, how many are not done: they come again, or have been given up. */
  readonly failed: number;
}
