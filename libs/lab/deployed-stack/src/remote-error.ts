/**
 * Why something cannot be done with what is deployed, by code:
 * - `credentials`: there are none, or they were refused
 * - `region`: none is set
 * - `permission`: the credentials may not do it
 * - `unreachable`: nothing answers at the endpoint
 * - `throttled`: too many requests, also after some more attempts
 * - `stack`: it is not deployed, or has not what is needed
 * - `missing`: what the stack names was deleted by hand
 * - `unknown-function`: the stack has no function of that name
 * - `setting`: an option or argument that cannot be
 * - `interrupted`: by Ctrl-C or another signal
 * - `answer`: any other answer that is an error
 */
export type RemoteErrorCode =
  | 'credentials'
  | 'region'
  | 'permission'
  | 'unreachable'
  | 'throttled'
  | 'stack'
  | 'missing'
  | 'unknown-function'
  | 'setting'
  | 'interrupted'
  | 'answer';

/** What the user can put right: its message is for them, its stack is not. `cause` is what the SDK threw. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  readonly code: RemoteErrorCode;

  constructor(code: RemoteErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** Whether the service answered with one of these errors, such as `QueueDoesNotExist`. */
  answered(...names: readonly string[]): boolean {
    return this.cause instanceof Error && names.includes(this.cause.name);
  }
}
