import { ParallelLambdaError } from '@parallel-lambda/batch';

/** A message's text is not a step or a list of steps. Its message has failed; its neighbours have not. */
export class InvalidStepError extends ParallelLambdaError {
  override readonly name = 'InvalidStepError';
}

/** A `fetch` step had no success: no whole answer, one other than 2xx, or an address that it must not reach. */
export class FetchStepError extends ParallelLambdaError {
  override readonly name = 'FetchStepError';
}

/** A `fail` step has failed as requested. */
export class FailStepError extends ParallelLambdaError {
  override readonly name = 'FailStepError';
}
