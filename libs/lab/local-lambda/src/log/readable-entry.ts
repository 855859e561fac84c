import { inspect } from 'node:util';

import { isRecord } from '@parallel-lambda/event-sources/is-record';

import { formatReport } from '../report.ts';

/**
 * Formats an entry of a function's log for reading: JSON as the line of a text log, the metrics of a
 * batch as one line, and other entries unchanged.
 *
 * @param entry as {@link InvokeOptions.onLog} is given it, or as CloudWatch has it
 */
export function readableEntry(entry: string): string {
  const value = parse(entry);
  if (!isRecord(value)) return entry;
  return platformLine(value) ?? metricsLine(value) ?? functionLine(value) ?? entry;
}

type Fields = Readonly<Record<string, unknown>>;

/** `START`, `REPORT` and the like. */
function platformLine({ type, record }: Fields): string | undefined {
  if (typeof type !== 'string' || !type.startsWith('platform.') || !isRecord(record)) return undefined;
  const { requestId, status, errorType } = record;
  const metrics = isRecord(record.metrics) ? record.metrics : {};
  const how = [
    `Status: ${text(status)}`,
    ...(errorType === undefined ? [] : [`Error Type: ${text(errorType)}`]),
  ];
  switch (type) {
    case 'platform.start':
      return `START RequestId: ${text(requestId)} Version: ${text(record.version)}`;
    case 'platform.initReport':
      return `INIT_REPORT Init Duration: ${text(metrics.durationMs)} ms\t${how.join('\t')}`;
    case 'platform.runtimeDone':
      return `END RequestId: ${text(requestId)}\t${how.join('\t')}`;
    case 'platform.report':
      return formatReport({
        requestId: text(requestId),
        durationMs: Number(metrics.durationMs),
        billedDurationMs: Number(metrics.billedDurationMs),
        memorySizeMb: Number(metrics.memorySizeMB),
        maxMemoryUsedMb: Number(metrics.maxMemoryUsedMB),
        ...(metrics.initDurationMs !== undefined && { initDurationMs: Number(metrics.initDurationMs) }),
        ...((status === 'timeout' || status === 'error') && { status }),
        ...(typeof errorType === 'string' && { errorType }),
      });
    default:
      return undefined;
  }
}

/** Metrics in the embedded metric format: their names and values. */
function metricsLine(fields: Fields): string | undefined {
  const { CloudWatchMetrics: directives } = isRecord(fields._aws) ? fields._aws : {};
  if (!Array.isArray(directives)) return undefined;
  const metrics = records(directives).flatMap(({ Metrics: each }) => records(each));
  const values = metrics.map(({ Name: name, Unit: unit }) => {
    const value = fields[text(name)];
    return `${text(name)}: ${unit === 'Milliseconds' ? `${Number(value).toFixed(2)} ms` : text(value)}`;
  });
  return `METRICS ${values.join('\t')}`;
}

/** The fields that `console` writes in the log format JSON. */
const consoleFields = new Set([
  'timestamp',
  'level',
  'requestId',
  'tenantId',
  'message',
  'errorType',
  'errorMessage',
  'stackTrace',
]);

/** Shows what `console` wrote as a text log has it. The lines of a logger have other fields, and stay whole. */
function functionLine(fields: Fields): string | undefined {
  const { timestamp, level, requestId, message, ...rest } = fields;
  if (typeof timestamp !== 'string' || typeof level !== 'string' || typeof requestId !== 'string') {
    return undefined;
  }
  if (Object.keys(fields).some((field) => !consoleFields.has(field))) return undefined;
  const error = isRecord(message) && message.stackTrace !== undefined ? message : rest;
  const stack = Array.isArray(error.stackTrace) ? error.stackTrace.map(text).join('\n') : undefined;
  // A message of several values has its error's stack in its text.
  const shown = typeof message === 'string' ? message : (stack ?? inspect(message));
  return [timestamp, requestId, level, shown].join('\t');
}

function records(values: unknown): readonly Fields[] {
  return Array.isArray(values) ? values.filter(isRecord) : [];
}

function parse(entry: string): unknown {
  if (!entry.startsWith('{')) return undefined;
  try {
    return JSON.parse(entry);
  } catch {
    return undefined;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value);
}
