import { type Invocation, LocalLambdaError } from '@parallel-lambda/local-lambda';
import type { Sample, Series } from '@parallel-lambda/report';

/**
 * What one invocation measured. A batch that failed is no fast one: how many messages failed goes with it, and why
 * there was no response.
 *
 * @throws {LocalLambdaError} `setting`, when the function reports nothing
 */
export function sampleOf(series: Series, invocation: Invocation): Sample {
  const { report } = invocation;
  if (!report) {
    throw new LocalLambdaError(
      'setting',
      `${series.setting.function} writes no REPORT into its log, so it cannot be measured: let its system log level be INFO`,
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

/** An empty response, or none, is complete success. A checkpoint stands for all after it, but it names one. */
function failuresIn(payload: unknown, messages: number): number {
  const { batchItemFailures } = (payload ?? {}) as { readonly batchItemFailures?: unknown };
  return Array.isArray(batchItemFailures) ? Math.min(batchItemFailures.length, messages) : 0;
}
