import type { InvocationResult } from '@parallel-lambda/local-lambda';

import type { Response } from './read-response.ts';
import type { RecordedCall } from './recorded-call.ts';

/** Answers of the services behind the function. */
export type Treatment = 'succeed' | 'fail' | 'fail in part' | 'reset' | 'hold' | 'never';

/** A call, with the messages that it was recognized as a call of. */
export interface ObservedCall {
  readonly call: RecordedCall;
  readonly messages: ReadonlySet<string>;
  /** Number of the delivery in which it was made, from 0. */
  readonly delivery: number;
  readonly treatment: Treatment;
  /** Numbers in the order of what happened in this environment. */
  readonly begunAt: number;
  /** `undefined` while it is not answered. */
  endedAt: number | undefined;
}

/** Options for delivering a batch. */
export interface DeliveryOptions {
  /** @default every call succeeds immediately */
  readonly treat?: (call: ObservedCall) => Treatment;
  /** Messages whose entries fail in a call that is treated as `fail in part`. */
  readonly failing?: ReadonlySet<string>;
  /**
   * Before the first held calls are answered, waits also for timers that fire later than in a second, unless they fire
   * when the function's deadline is. @default false
   */
  readonly patient?: boolean;
  /** Called when the function is quiet, before the calls that are held are answered. */
  readonly onQuiet?: (held: readonly ObservedCall[]) => unknown;
  /** Number of held calls at which they are answered. @default when the function is quiet */
  readonly releaseAt?: number;
  /** Answers all further calls after it has answered the first held calls. @default false */
  readonly holdOnce?: boolean;
}

/** Observations of one delivery, from outside. */
export interface Observation {
  readonly result: InvocationResult;
  readonly response: Response;
  readonly calls: readonly ObservedCall[];
  /** Maximum number of requests in flight, also of those that waited for a connection. */
  readonly maxInFlight: number;
  /** Milliseconds until the next timer fired when the function was quiet for the first time. */
  readonly pendingTimerMs: number | undefined;
  /** True if the function reached a point where it could not continue without an answer. */
  readonly wasQuiet: boolean;
}
