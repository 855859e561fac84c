import type { Report } from '@parallel-lambda/local-lambda';

/**
 * Reads the report of an invocation from the end of its log: the `REPORT` line of text logs, or the `platform.report`
 * record of JSON logs.
 *
 * @returns `undefined` if there is none, as with the system log level `WARN`
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report
 */
export function readReport(log: string): Report | undefined {
  const lines = log.split('\n').reverse();
  for (const line of lines) {
    const report = line.startsWith('REPORT RequestId: ') ? fromText(line) : fromJson(line);
    if (report) return report;
  }
  return undefined;
}

function fromText(line: string): Report | undefined {
  const fields = new Map(
    line.split('\t').map((field) => {
      const [name = '', value = ''] = field.split(': ');
      return [name.trim(), value.trim()];
    }),
  );
  return report({
    requestId: fields.get('REPORT RequestId'),
    durationMs: amount(fields.get('Duration'), 'ms'),
    billedDurationMs: amount(fields.get('Billed Duration'), 'ms'),
    memorySizeMb: amount(fields.get('Memory Size'), 'MB'),
    maxMemoryUsedMb: amount(fields.get('Max Memory Used'), 'MB'),
    initDurationMs: amount(fields.get('Init Duration'), 'ms'),
    status: fields.get('Status'),
    errorType: fields.get('Error Type'),
  });
}

function amount(value: string | undefined, unit: string): number | undefined {
  const [number, found] = value?.split(' ') ?? [];
  return found === unit ? Number(number) : undefined;
}

interface PlatformReport {
  readonly type?: unknown;
  readonly record?: {
    readonly requestId?: unknown;
    readonly status?: unknown;
    readonly errorType?: unknown;
    readonly metrics?: Readonly<Record<string, unknown>>;
  };
}

function fromJson(line: string): Report | undefined {
  if (!line.startsWith('{')) return undefined;
  const entry = parse(line);
  if (entry?.type !== 'platform.report' || !entry.record) return undefined;
  const { requestId, status, errorType, metrics = {} } = entry.record;
  return report({
    requestId,
    durationMs: metrics.durationMs,
    billedDurationMs: metrics.billedDurationMs,
    memorySizeMb: metrics.memorySizeMB,
    maxMemoryUsedMb: metrics.maxMemoryUsedMB,
    initDurationMs: metrics.initDurationMs,
    status,
    errorType,
  });
}

/** The end of a log can start within a line. */
function parse(line: string): PlatformReport | undefined {
  try {
    return JSON.parse(line) as PlatformReport;
  } catch {
    return undefined;
  }
}

/** Returns a report if all required fields are present. */
function report(fields: Readonly<Record<Exclude<keyof Report, 'cpuTimeMs'>, unknown>>): Report | undefined {
  const { requestId, durationMs, billedDurationMs, memorySizeMb, maxMemoryUsedMb } = fields;
  const { initDurationMs, status, errorType } = fields;
  if (
    typeof requestId !== 'string' ||
    !isAmount(durationMs) ||
    !isAmount(billedDurationMs) ||
    !isAmount(memorySizeMb) ||
    !isAmount(maxMemoryUsedMb)
  ) {
    return undefined;
  }
  return {
    requestId,
    durationMs,
    billedDurationMs,
    memorySizeMb,
    maxMemoryUsedMb,
    ...(isAmount(initDurationMs) && { initDurationMs }),
    // Text logs have no status for a success, JSON logs `success`; `failure` means that the runtime exited.
    ...(status === 'timeout' && { status }),
    ...((status === 'error' || status === 'failure') && { status: 'error' as const }),
    ...(typeof errorType === 'string' && { errorType }),
  };
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
