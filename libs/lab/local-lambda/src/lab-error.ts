/**
 * Kind of an error of the lab:
 * - `usage`: an option, an argument or an input file is wrong; exit code 2
 * - `event-too-large`: the event is larger than Lambda accepts; exit code 2
 * - `throttled`: all execution environments are busy, or AWS throttled the request after several attempts
 * - `closed`: the function was closed before the invocation
 * - `runtime`: AWS's runtime client is not installed
 * - `aws-error`: an AWS service does not permit the request, or answered with an error
 * - `failure`: anything else that the user can fix, such as a function that is not built
 */
export type LabErrorCode =
  'usage' | 'event-too-large' | 'throttled' | 'closed' | 'runtime' | 'aws-error' | 'failure';

/** An error that the user can fix: print its message without the stack. Any other error is a bug of the lab. */
export class LabError extends Error {
  override readonly name = 'LabError';
  readonly code: LabErrorCode;

  /** @param options `cause`: the error of Node.js or of the AWS SDK */
  constructor(code: LabErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
