import type { FunctionDefinition } from '../function-definition.ts';
import { formatReport, type Report } from '../report.ts';

export type LogFormat = FunctionDefinition['logFormat'];

/** Entries that Lambda itself writes to the log of a function. */
export type PlatformEvent =
  | { readonly kind: 'start'; readonly requestId: string }
  /** INIT failed, or took too long. */
  | { readonly kind: 'init failed'; readonly durationMs: number; readonly status: 'error' | 'timeout' }
  | {
      readonly kind: 'end';
      readonly report: Report;
      readonly status: 'success' | 'error' | 'timeout';
      readonly errorType?: string;
      /** Text of a timeout, or of a runtime that ended. */
      readonly fault?: string;
    };

/**
 * Writes them as Lambda does in a function's log format.
 *
 * @returns the entries, in their order
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
 */
export function platformEntries(event: PlatformEvent, format: LogFormat): readonly string[] {
  return format === 'JSON' ? records(event).map(jsonEntry) : lines(event);
}

function lines(event: PlatformEvent): readonly string[] {
  switch (event.kind) {
    case 'start':
      return [`START RequestId: ${event.requestId} Version: $LATEST`];
    case 'init failed': {
      const { durationMs, status } = event;
      return [`INIT_REPORT Init Duration: ${durationMs.toFixed(2)} ms\tPhase: init\tStatus: ${status}`];
    }
    case 'end': {
      const { report, fault } = event;
      const end = [`END RequestId: ${report.requestId}`, formatReport(report)];
      return fault === undefined ? end : [fault, ...end];
    }
  }
}

type Record = readonly [type: string, record: object];

/** Writes `platform.runtimeDone` only after an error, as at the default level INFO. */
function records(event: PlatformEvent): readonly Record[] {
  switch (event.kind) {
    case 'start':
      return [['platform.start', { requestId: event.requestId, version: '$LATEST' }]];
    case 'init failed': {
      const { durationMs, status } = event;
      const metrics = { durationMs: rounded(durationMs) };
      return [['platform.initReport', { initializationType: 'on-demand', phase: 'init', status, metrics }]];
    }
    case 'end': {
      const { report, status, errorType } = event;
      const { requestId } = report;
      const how = { status, ...(errorType !== undefined && { errorType }) };
      const metrics = {
        durationMs: rounded(report.durationMs),
        billedDurationMs: report.billedDurationMs,
        memorySizeMB: report.memorySizeMb,
        maxMemoryUsedMB: report.maxMemoryUsedMb,
        ...(report.initDurationMs !== undefined && { initDurationMs: rounded(report.initDurationMs) }),
      };
      const { durationMs } = metrics;
      const done: Record = ['platform.runtimeDone', { requestId, ...how, metrics: { durationMs } }];
      const end: Record = ['platform.report', { requestId, metrics, ...how }];
      return status === 'success' ? [end] : [done, end];
    }
  }
}

function jsonEntry([type, record]: Record): string {
  return JSON.stringify({ time: new Date().toISOString(), type, record });
}

/** Hundredths of a millisecond, as the text has them. */
function rounded(milliseconds: number): number {
  return Math.round(100 * milliseconds) / 100;
}
