import type { MessagePort } from 'node:worker_threads';

import type { InvocationInfo } from '@parallel-lambda/batch';

import type { PlainError } from './plain-error.ts';
import type { LogLine } from './thread-console.ts';

/** What a thread is given to do, once a batch. */
export interface ThreadTask {
  /** The batch, as a `SharedBatch` lays it. */
  readonly batch: SharedArrayBuffer;
  /** The name of its source. */
  readonly source: string;
  /** The number in whose name this task marks the board; unique in its batch, from 1. */
  readonly number: number;
  /** How many messages it may have in work at one time. */
  readonly workers: number;
  readonly info: InvocationInfo;
  /** What this thread and the main thread have to tell each other meanwhile. */
  readonly port: MessagePort;
  /** The state of the records: 0, `RECORDS_SENT` or `RECORDS_UNAVAILABLE`. */
  readonly recordsSent: Int32Array;
  /** Where the thread writes its `threadId` when it begins: from then on the task is lost if that thread ends. */
  readonly taker: Int32Array;
}

/** What a thread sends during a batch. `idle`: it has no lane left to claim and no message in flight. */
export type FromThread = { readonly log: LogLine } | 'send records' | 'idle';

/** What a thread receives during a batch. `finish`: no thread has a message in flight any more. */
export type ToThread =
  | 'stop early'
  | 'finish'
  | {
      /** By position; `undefined` where a record cannot be cloned. */
      readonly records: readonly unknown[];
      /** By position: why a record cannot be cloned. */
      readonly problems?: readonly (string | undefined)[];
    };

/** A property of the global object of our threads. */
export const THREAD_MARK = Symbol.for('parallel-lambda.thread');

/** What a thread tells when nothing is left for it to do. */
export type ThreadResult =
  | {
      readonly kind: 'done';
      /** What the failed messages threw, by their position in the batch. */
      readonly errors: readonly (readonly [position: number, error: PlainError])[];
    }
  | { readonly kind: 'no work'; readonly reason: PlainError };
