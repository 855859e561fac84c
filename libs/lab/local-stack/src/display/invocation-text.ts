import { isRecord } from '@parallel-lambda/local-lambda';
import { milliseconds } from '@parallel-lambda/report/terminal';

import type { ServedInvocation } from '../served-invocation.ts';

/** Maximum failed messages that are named per invocation. */
const maxNamed = 5;

/** Describes a finished invocation in one line, with the reason if it failed, and its failed messages. */
export function invocationText({ function: name, result, batch }: ServedInvocation): string {
  const duration = milliseconds(result.report.durationMs);
  if (result.status !== 'success') {
    const { errorType, errorMessage } = result.error;
    const messages = batch ? `, ${batch.messages} messages failed` : '';
    return `${name} failed after ${duration}${messages}: ${errorType}: ${errorMessage}`;
  }
  const messages = batch ? `, ${batch.messages - batch.failed} of ${batch.messages} messages done` : '';
  return `${name} responded after ${duration}${messages}${namesOf(result.payload)}`;
}

/** Returns a finished invocation as a line of JSON. */
export function invocationJson({ function: name, origin, result, batch }: ServedInvocation): string {
  const { requestId, status, report } = result;
  const { durationMs, billedDurationMs, maxMemoryUsedMb, initDurationMs } = report;
  const error = result.status === 'success' ? undefined : result.error;
  const measured = { durationMs, billedDurationMs, maxMemoryUsedMb, initDurationMs };
  return JSON.stringify({ function: name, origin, requestId, status, ...measured, error, ...batch });
}

function namesOf(response: unknown): string {
  const failures = isRecord(response) ? response.batchItemFailures : undefined;
  if (!Array.isArray(failures) || failures.length === 0) return '';
  const names = failures
    .slice(0, maxNamed)
    .map((failure: unknown) => (isRecord(failure) ? String(failure.itemIdentifier) : String(failure)));
  const more = failures.length - names.length;
  return `, failed: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
