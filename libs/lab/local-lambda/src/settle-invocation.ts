import type { Interruption } from './environment.ts';
import { exitError } from './exit-status.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { InvocationError, InvocationResult } from './invocation-result.ts';
import type { Answer } from './invocation.ts';
import type { InvocationLog } from './log/invocation-log.ts';
import type { PlatformEvent } from './log/platform-entries.ts';
import type { Report } from './report.ts';

/** End of an invocation: a response, none, or a second failure of INIT within it. */
export type InvocationEnd = (
  | Answer
  | (Interruption & { readonly durationMs: number })
  | { readonly kind: 'init-error'; readonly error: InvocationError; readonly durationMs: number }
) & {
  /** CPU time of the invocation, in milliseconds, if it is known. */
  readonly cpuTimeMs?: number | undefined;
};

/** Figures of an invocation at its end. */
export interface EndedInvocation {
  readonly requestId: string;
  readonly definition: FunctionDefinition;
  /** The time that the invocation had. */
  readonly timeoutSeconds: number;
  readonly end: InvocationEnd;
  readonly initDurationMs: number | undefined;
  readonly maxMemoryMb: number;
}

/** Writes Lambda's own last entries to the log, and returns the result of the invocation. */
export function settleInvocation(ended: EndedInvocation, log: InvocationLog): InvocationResult {
  const { requestId, end, timeoutSeconds } = ended;
  if (end.kind === 'response') {
    const settled = close(ended, log, { status: 'success' });
    return { status: 'success', payload: parse(end.body), ...settled };
  }
  const failed = { status: 'error', functionError: 'Unhandled' } as const;
  switch (end.kind) {
    case 'error':
    case 'init-error': {
      const { error } = end;
      return { ...failed, error, ...close(ended, log, { status: 'error', errorType: error.errorType }) };
    }
    case 'exit': {
      const error = exitError(requestId, end.status);
      const { errorType, errorMessage } = error;
      const how: Ending = { status: 'error', errorType, fault: `${errorMessage}\n${errorType}` };
      return { ...failed, error, ...close(ended, log, how) };
    }
    case 'timeout': {
      const what = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      const error = { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: ${what}` };
      const fault = `${new Date().toISOString()} ${requestId} ${what}`;
      return { ...failed, status: 'timeout', error, ...close(ended, log, { status: 'timeout', fault }) };
    }
  }
}

type Ending = Pick<Extract<PlatformEvent, { kind: 'end' }>, 'status' | 'errorType' | 'fault'>;

/** Ends the log, and returns the common part of every result. */
function close(
  ended: EndedInvocation,
  log: InvocationLog,
  ending: Ending,
): Pick<InvocationResult, 'requestId' | 'report' | 'log'> {
  const report = reportOf(ended, ending);
  log.writePlatform({ kind: 'end', report, ...ending });
  return { requestId: ended.requestId, report, log: log.toString() };
}

function reportOf(
  { requestId, definition, timeoutSeconds, end, initDurationMs, maxMemoryMb }: EndedInvocation,
  { status, errorType }: Ending,
): Report {
  // A timer is never quite on time; the time of the function is reported and billed.
  const durationMs = end.kind === 'timeout' ? timeoutSeconds * 1000 : end.durationMs;
  return {
    requestId,
    durationMs,
    billedDurationMs: Math.ceil((initDurationMs ?? 0) + durationMs),
    memorySizeMb: definition.memoryMb,
    maxMemoryUsedMb: maxMemoryMb,
    ...(end.cpuTimeMs !== undefined && { cpuTimeMs: end.cpuTimeMs }),
    ...(initDurationMs !== undefined && { initDurationMs }),
    // An error that the handler threw is an answer like another.
    ...(status !== 'success' && end.kind !== 'error' && { status, ...(errorType && { errorType }) }),
  };
}

/** Runtimes answer in JSON; a response that bypassed the runtime is not changed. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
