/**
 * Figures of an invocation, as in Lambda's `REPORT` line.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export interface Report {
  readonly requestId: string;
  /** Time from the event to the response. */
  readonly durationMs: number;
  /** Whole milliseconds: INIT and duration, rounded up. */
  readonly billedDurationMs: number;
  readonly memorySizeMb: number;
  /** The process's high-water mark (on Linux; elsewhere the value at the end). */
  readonly maxMemoryUsedMb: number;
  /**
   * CPU time of all its threads and processes from the event to the response. Lambda reports it
   * in no report, so it is on no `REPORT` line; absent if it is unknown: of deployed functions, on Managed Instances,
   * and on a machine without Linux's `/proc`. In steps of 10 ms where there is no control group.
   */
  readonly cpuTimeMs?: number;
  /** Time from the start of the environment to its first request for an event. Only for the invocation that started it. */
  readonly initDurationMs?: number;
  /** Absent after a response, also when that is an error which the handler threw. */
  readonly status?: 'timeout' | 'error';
  /** Error of a runtime that ended. */
  readonly errorType?: string;
}

/** The `REPORT` line: tab-separated, as Lambda writes it. */
export function formatReport(report: Report): string {
  const fields = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${report.billedDurationMs} ms`,
    `Memory Size: ${report.memorySizeMb} MB`,
    `Max Memory Used: ${report.maxMemoryUsedMb} MB`,
  ];
  if (report.initDurationMs !== undefined)
    fields.push(`Init Duration: ${report.initDurationMs.toFixed(2)} ms`);
  if (report.status) fields.push(`Status: ${report.status}`);
  if (report.errorType) fields.push(`Error Type: ${report.errorType}`);
  return fields.join('\t');
}
