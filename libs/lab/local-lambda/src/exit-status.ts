import type { InvocationError } from './invocation-result.ts';

/** Exit code or signal of a process. */
export interface ExitStatus {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const signals: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGHUP: 'hangup',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGQUIT: 'quit',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
  SIGTRAP: 'trace/breakpoint trap',
};

/**
 * The error of an invocation whose runtime ended before it answered.
 *
 * @see https://repost.aws/knowledge-center/lambda-troubleshoot-runtime-exited-error
 */
export function exitError(requestId: string, { code, signal }: ExitStatus): InvocationError {
  const how = signal ? `signal: ${signals[signal] ?? signal}` : `exit status ${code ?? 'unknown'}`;
  const what = code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${how}`;
  return { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: ${what}` };
}
