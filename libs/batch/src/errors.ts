import type { SchemaIssue } from './standard-schema.ts';

/** The base class of all errors that this library creates. */
export class ParallelLambdaError extends Error {
  override readonly name: string = 'ParallelLambdaError';
}

/**
 * The event is not a batch that can be processed safely. It is thrown, so that the source redelivers every message: an empty
 * response would delete them.
 */
export class InvalidEventError extends ParallelLambdaError {
  override readonly name = 'InvalidEventError';
}

/** An option or an environment variable is out of range. Thrown while the function starts. */
export class InvalidOptionError extends ParallelLambdaError {
  override readonly name = 'InvalidOptionError';
}

/** The response does not match its batch: a fault of this library or of a technique, never of a message. */
export class InvalidResponseError extends ParallelLambdaError {
  override readonly name = 'InvalidResponseError';
}

/** The message is invalid and can never be processed. Only this message fails. */
export class InvalidMessageError extends ParallelLambdaError {
  override readonly name = 'InvalidMessageError';
  /**
   * Issues that the schema of `checked` found, as its library describes them, for `onBatchEnd`. They can quote the message, so they are in
   * neither the error's message nor the log.
   */
  declare readonly issues?: readonly SchemaIssue[];
}

/**
 * The work returned a value that still has to be run, iterated or called, such as an Effect or a generator: that does not
 * prove that the message was processed. It fails alone.
 */
export class WorkNotRunError extends ParallelLambdaError {
  override readonly name = 'WorkNotRunError';
}

/** No message of the batch succeeded, and `onFullFailure` is `'throw'`. */
export class FullFailureError extends ParallelLambdaError {
  override readonly name = 'FullFailureError';
}

/**
 * Some messages did not succeed, and the source cannot redeliver them alone. Thrown, so that it redelivers the whole batch.
 */
export class PartialFailureError extends ParallelLambdaError {
  override readonly name = 'PartialFailureError';
}

/**
 * The longest delay of a redelivery, in seconds: 12 hours.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
 */
const MAX_DELAY_SECONDS = 43_200;

/** Options of `RetryLater`. */
export interface RetryLaterOptions extends ErrorOptions {
  /** The time before which the message is not redelivered, in seconds, 0 to 43,200 (12 hours). */
  readonly seconds: number;
}

/**
 * Throw it in `work` to have the message redelivered, but not before some time has passed. It needs the option `redelivery` of
 * `batchHandler`; without it, the message fails as with any other error.
 *
 * @example
 * if (response.status === 429) throw new RetryLater({ seconds: Number(response.headers.get('retry-after')) });
 */
export class RetryLater extends ParallelLambdaError {
  override readonly name = 'RetryLater';
  /** Identifies the error if its class differs: from a second copy of this package, or from a thread. */
  readonly fate = 'retry later';
  /** The time to wait, in seconds, 0 to 43,200. */
  readonly seconds: number;

  /** @throws {InvalidOptionError} when `seconds` is not a number from 0 to 43,200; it has the same `cause` */
  constructor({ seconds, ...options }: RetryLaterOptions) {
    super(`Retry in ${seconds} s`, options);
    this.seconds = seconds;
    if (typeof seconds === 'number' && seconds >= 0 && seconds <= MAX_DELAY_SECONDS) return;
    throw new InvalidOptionError(
      `seconds of RetryLater must be a number from 0 to ${MAX_DELAY_SECONDS}, not ${seconds}`,
      options,
    );
  }
}

/**
 * Throw it in `work` to give a message up: it is parked with the reason, and never retried. It needs the option `redelivery` of
 * `batchHandler`; without it, the message fails as with any other error.
 *
 * @example
 * if (order.items.length === 0) throw new GiveUp('The order has no items');
 */
export class GiveUp extends ParallelLambdaError {
  override readonly name = 'GiveUp';
  /** Identifies the error if its class differs: from a second copy of this package, or from a thread. */
  readonly fate = 'give up';

  /** @param reason why no retry can succeed, for readers of the parking queue */
  constructor(reason: string, options: ErrorOptions = {}) {
    super(reason, options);
  }
}
