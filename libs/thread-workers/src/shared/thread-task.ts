import type { MessagePort } from 'node:worker_threads';

import type { AdaptiveOptions, InvocationInfo, Logger } from '@parallel-lambda/batch';

import type { PlainError } from './plain-error.ts';

/** A task for a thread: to process its part of a batch. */
export interface ThreadTask {
  /** The batch, as `SharedBatch` writes it. */
  readonly batch: SharedArrayBuffer;
  /** The name of its source. */
  readonly source: string;
  /** The number with which this task marks the status board; unique in its batch, from 1. */
  readonly number: number;
  /** Limits of the messages in flight in the thread. */
  readonly limits: {
    /** Maximum in all threads together, over all batches. Each thread has its share, for any batch. */
    readonly workers: number;
    readonly threads: number;
    /** Maximum in one thread for this batch, so that its lanes are shared evenly. */
    readonly perTask: number;
    /** The range in which the thread finds the number; `undefined` for a fixed number. */
    readonly range: AdaptiveOptions | undefined;
  };
  readonly info: InvocationInfo;
  /** `true` if the thread measures how long the messages take, for the main thread. */
  readonly isTimed: boolean;
  /** Connects the thread and the main thread while the task runs. */
  readonly port: MessagePort;
  /** The state of the records: 0, `RECORDS_SENT` or `RECORDS_UNAVAILABLE`. */
  readonly recordsSent: Int32Array;
  /** The `threadId` of the thread that has begun the task, or 0: the task is lost if that thread ends. */
  readonly owner: Int32Array;
}

/** The records were sent to the thread. */
export const RECORDS_SENT = 1;
/** The batch has ended, so no records will be sent. */
export const RECORDS_UNAVAILABLE = 2;

/** Creates a number that threads can read and write. It is 0 at first. */
export function sharedInteger(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4));
}

/** Sets the number and wakes up the threads that wait for it. */
export function setAndNotify(integer: Int32Array, value: number): void {
  Atomics.store(integer, 0, value);
  Atomics.notify(integer, 0);
}

/** The methods of `console` to which Lambda's runtime adds the log format and the request id, in the main thread only. */
export const logLevels = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const;

/** A call of `console` in a thread. Cloning would take class, `code` and the other properties from an error. */
export type LogLine = readonly [level: (typeof logLevels)[number], args: readonly LoggedValue[]];
type LoggedValue = { readonly value: unknown } | { readonly error: PlainError };

/** A line of this library itself, for the logger of the handler. */
export type Report = readonly [level: keyof Logger, message: string, error: PlainError | undefined];

/** A message that failed. */
export type FailedMessage = readonly [position: number, error: PlainError];

/** Messages from a thread during a batch. `idle`: it has no lane left to claim and no message in flight. */
export type FromThread =
  | { readonly log: LogLine }
  | { readonly report: Report }
  | { readonly failed: FailedMessage }
  | 'send records'
  | 'idle';

/** Messages to a thread during a batch. `finish`: no thread has a message in flight any more. */
export type ToThread =
  | 'stop early'
  | 'finish'
  | {
      /** Records by position; `undefined` if a record cannot be cloned. */
      readonly records: readonly unknown[];
      /** Reasons why records cannot be cloned, by position. */
      readonly problems?: readonly (string | undefined)[];
    };

/** A property of the global object of our threads. */
export const THREAD_MARK = Symbol.for('parallel-lambda.thread');

/** A thread could not load the work module, so it cannot run tasks. */
export interface LoadFailure {
  readonly threadId: number;
  readonly reason: PlainError;
}
