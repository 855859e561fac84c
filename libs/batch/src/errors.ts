/** What every error that this project throws on its own account descends from. */
export class ParallelLambdaError extends Error {
  override readonly name: string = 'ParallelLambdaError';
}

/**
 * The event is not a batch that can be worked on safely. Thrown, so that the source delivers everything
 * again: an empty response would delete it.
 */
export class InvalidEventError extends ParallelLambdaError {
  override readonly name = 'InvalidEventError';
}

/** An option or an environment variable is out of range. Thrown while the function starts. */
export class InvalidOptionError extends ParallelLambdaError {
  override readonly name = 'InvalidOptionError';
}

/** The response does not fit its batch: a fault of this library or of a technique, never of a message. */
export class InvalidResponseError extends ParallelLambdaError {
  override readonly name = 'InvalidResponseError';
}

/** A message cannot be worked on as it is. It fails, alone. */
export class InvalidMessageError extends ParallelLambdaError {
  override readonly name = 'InvalidMessageError';
}

/**
 * The work returned a value that still has to be run, iterated or called, such as an Effect or a generator: that does not
 * prove that the message was processed. It fails, alone.
 */
export class WorkNotRunError extends ParallelLambdaError {
  override readonly name = 'WorkNotRunError';
}

/** No message of the batch succeeded, and `onFullFailure` says that the invocation is to fail then. */
export class FullFailureError extends ParallelLambdaError {
  override readonly name = 'FullFailureError';
}

/**
 * Some messages did not succeed, and the source cannot redeliver them alone. Thrown, so that it redelivers the whole batch.
 */
export class PartialFailureError extends ParallelLambdaError {
  override readonly name = 'PartialFailureError';
}
