import type { Interruption } from './environment.ts';
import { exitError } from './exit-status.ts';
import type { FunctionDefinition } from './assembly/function-definition.ts';
import type { InvocationLog } from './log/invocation-log.ts';
import type { Answer } from './invocation.ts';
import type { InvocationError, InvocationResult } from './invocation-result.ts';
import { formatReport, type Report } from './report.ts';

/** How an invocation ended: by an answer, without one, or because INIT failed again within it. */
export type InvocationEnd =
  | Answer
  | (Interruption & { readonly durationMs: number })
  | { readonly kind: 'init-error'; readonly error: InvocationError; readonly durationMs: number };

/** What is known of an invocation at its end. */
export interface EndedInvocation {
  readonly requestId: string;
  readonly definition: FunctionDefinition;
  readonly end: InvocationEnd;
  readonly initDurationMs: number | undefined;
  readonly maxMemoryMb: number;
}

/** Writes Lambda's own last lines to the log, and tells the invocation's result. */
export function settleInvocation(ended: EndedInvocation, log: InvocationLog): InvocationResult {
  const { requestId, end, definition } = ended;
  if (end.kind === 'response') {
    const settled = close(ended, log);
    return { status: 'success', payload: parse(end.body), ...settled };
  }
  const failed = { status: 'error', functionError: 'Unhandled' } as const;
  switch (end.kind) {
    case 'error':
      return { ...failed, error: end.error, ...close(ended, log) };
    case 'init-error':
      return { ...failed, error: end.error, ...close(ended, log, 'error', end.error.errorType) };
    case 'exit': {
      const error = exitError(requestId, end.status);
      log.writePlatform(`${error.errorMessage}\n${error.errorType}`);
      return { ...failed, error, ...close(ended, log, 'error', error.errorType) };
    }
    case 'timeout': {
      const what = `Task timed out after ${definition.timeoutSeconds.toFixed(2)} seconds`;
      log.writePlatform(`${new Date().toISOString()} ${requestId} ${what}`);
      const error = { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: ${what}` };
      return { ...failed, status: 'timeout', error, ...close(ended, log, 'timeout') };
    }
  }
}

/** Ends the log, and tells what every result holds. */
function close(
  { requestId, definition, end, initDurationMs, maxMemoryMb }: EndedInvocation,
  log: InvocationLog,
  status?: Report['status'],
  errorType?: string,
): Pick<InvocationResult, 'requestId' | 'report' | 'log'> {
  // A timer is never quite on time; what is reported and billed is the time that the function had.
  const durationMs = end.kind === 'timeout' ? definition.timeoutSeconds * 1000 : end.durationMs;
  const report: Report = {
    requestId,
    durationMs,
    billedDurationMs: Math.ceil((initDurationMs ?? 0) + durationMs),
    memorySizeMb: definition.memoryMb,
    maxMemoryUsedMb: maxMemoryMb,
    ...(initDurationMs !== undefined && { initDurationMs }),
    ...(status && { status }),
    ...(errorType !== undefined && { errorType }),
  };
  log.writePlatform(`END RequestId: ${requestId}`);
  log.writePlatform(formatReport(report));
  return { requestId, report, log: log.toString() };
}

/** Runtimes answer in JSON; what a function has answered past its runtime is left as it is. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
