import { type Invocation, LabError } from '@parallel-lambda/local-lambda';
import type { Sample, Series } from '@parallel-lambda/report';

import { failedMessages } from './failed-messages.ts';
import { firstError } from './first-error.ts';

/**
 * Returns the sample of one invocation. It includes failed messages and errors, so that a failed batch does not look
 * fast.
 *
 * @throws {LabError} `usage`, if the log has no REPORT line
 */
export function sampleOf(series: Series, event: unknown, invocation: Invocation): Sample {
  const { report } = invocation;
  if (!report) {
    throw new LabError(
      'usage',
      `${series.setting.function} cannot be measured: its log has no REPORT line. Set its system log level to INFO.`,
    );
  }
  const { durationMs, billedDurationMs, initDurationMs, maxMemoryUsedMb, cpuTimeMs } = report;
  const responded = invocation.status === 'success';
  const { messages } = series;
  const failed = responded ? failedMessages(invocation.payload, event, messages) : messages;
  const reason = failed > 0 ? firstError(invocation.log) : undefined;
  return {
    series: series.id,
    durationMs,
    billedDurationMs,
    ...(initDurationMs !== undefined && { initDurationMs }),
    ...(cpuTimeMs !== undefined && { cpuTimeMs }),
    maxMemoryUsedMb,
    failed,
    ...(responded && reason !== undefined && { reason }),
    ...(!responded && { error: `${invocation.error.errorType}: ${invocation.error.errorMessage}` }),
  };
}
