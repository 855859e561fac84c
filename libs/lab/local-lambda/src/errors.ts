/**
 * Why a command cannot be done, by code:
 * - `assembly`: there is no synthesized assembly, or it cannot be read
 * - `stale`: what was built or synthesized is missing or older than its sources
 * - `unknown-function`: the assembly holds no function of that name
 * - `runtime`: the runtime client asked for is not installed
 * - `setting`: a setting that Lambda would refuse
 * - `event`: an event that Lambda would refuse
 * - `throttled`: all environments that the function may have are busy
 * - `closed`: the function was closed before
 */
export type LocalLambdaErrorCode =
  'assembly' | 'stale' | 'unknown-function' | 'runtime' | 'setting' | 'event' | 'throttled' | 'closed';

/** What the user can put right: its message is for them, its stack is not. Everything else thrown is a bug. */
export class LocalLambdaError extends Error {
  override readonly name = 'LocalLambdaError';
  readonly code: LocalLambdaErrorCode;

  constructor(code: LocalLambdaErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
