import { type Invocation, LabError } from '@parallel-lambda/local-lambda';
import type { Sample, Series } from '@parallel-lambda/report';

/**
 * Returns the sample of one invocation. It includes failed messages and errors, so that a failed batch does not look
 * fast.
 *
 * @throws {LabError} `usage`, if the log has no REPORT line
 */
export function sampleOf(series: Series, invocation: Invocation): Sample {
  const { report } = invocation;
  if (!report) {
    throw new LabError(
      'usage',
      `${series.setting.function} cannot be measured: its log has no REPORT line. Set its system log level to INFO.`,
    );
  }
  const { durationMs, billedDurationMs, initDurationMs, maxMemoryUsedMb, cpuTimeMs } = report;
  const responded = invocation.status === 'success';
  const failed = responded ? failuresIn(invocation.payload, series.messages) : series.messages;
  return {
    series: series.id,
    durationMs,
    billedDurationMs,
    ...(initDurationMs !== undefined && { initDurationMs }),
    ...(cpuTimeMs !== undefined && { cpuTimeMs }),
    maxMemoryUsedMb,
    failed,
    ...(!responded && { error: `${invocation.error.errorType}: ${invocation.error.errorMessage}` }),
  };
}

/** No response means success. The checkpoint of a stream counts as one failed message. */
function failuresIn(payload: unknown, messages: number): number {
  const { batchItemFailures } = (payload ?? {}) as { readonly batchItemFailures?: unknown };
  return Array.isArray(batchItemFailures) ? Math.min(batchItemFailures.length, messages) : 0;
}
