import { milliseconds } from '@parallel-lambda/report';

import type { ServedInvocation } from '../served-invocation.ts';

/** Describes a finished invocation in one line, with the reason if it failed. */
export function invocationText({ function: name, result, batch }: ServedInvocation): string {
  const duration = milliseconds(result.report.durationMs);
  const outcome = result.status === 'success' ? 'responded' : `failed: ${result.error.errorMessage}`;
  const messages = batch ? `, ${batch.messages - batch.failed} of ${batch.messages} messages done` : '';
  return `${name} ${outcome} after ${duration}${messages}`;
}

/** Returns a finished invocation as a line of JSON. */
export function invocationJson({ function: name, origin, result, batch }: ServedInvocation): string {
  const { requestId, status, report } = result;
  const { durationMs, billedDurationMs, maxMemoryUsedMb, initDurationMs } = report;
  const error = result.status === 'success' ? undefined : result.error;
  const measured = { durationMs, billedDurationMs, maxMemoryUsedMb, initDurationMs };
  return JSON.stringify({ function: name, origin, requestId, status, ...measured, error, ...batch });
}
