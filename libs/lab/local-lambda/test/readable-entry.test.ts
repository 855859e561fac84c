import { describe, expect, it } from 'vitest';

import { readableEntry } from '../src/index.ts';

const requestId = '8f507cfc-xmpl-4697-b07a-ac58fc914c95';
const time = '2026-11-25T10:00:00.000Z';

function platform(type: string, record: object): string {
  return readableEntry(JSON.stringify({ time, type: `platform.${type}`, record: { requestId, ...record } }));
}

function logged(fields: object): string {
  return readableEntry(JSON.stringify({ timestamp: time, level: 'ERROR', requestId, ...fields }));
}

describe('an entry of a log, made readable,', () => {
  it('begins an invocation as text logs do', () => {
    expect(platform('start', { version: '$LATEST' })).toBe(`START RequestId: ${requestId} Version: $LATEST`);
  });

  it('ends one as text logs do', () => {
    const metrics = {
      durationMs: 12.3,
      billedDurationMs: 163,
      memorySizeMB: 128,
      maxMemoryUsedMB: 70,
      initDurationMs: 150.02,
    };
    expect(platform('report', { metrics, status: 'success' })).toBe(
      `REPORT RequestId: ${requestId}\tDuration: 12.30 ms\tBilled Duration: 163 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\tInit Duration: 150.02 ms`,
    );
    expect(platform('report', { metrics, status: 'timeout' })).toMatch(/\tStatus: timeout$/);
  });

  it('describes how one failed', () => {
    expect(platform('runtimeDone', { status: 'error', errorType: 'Runtime.ExitError' })).toBe(
      `END RequestId: ${requestId}\tStatus: error\tError Type: Runtime.ExitError`,
    );
    expect(platform('initReport', { status: 'timeout', metrics: { durationMs: 9999.5 } })).toBe(
      'INIT_REPORT Init Duration: 9999.5 ms\tStatus: timeout',
    );
  });

  it('has the fields of a text log', () => {
    expect(logged({ message: '2 of 4 messages failed' })).toBe(
      `${time}\t${requestId}\tERROR\t2 of 4 messages failed`,
    );
    expect(logged({ message: { a: 1 } })).toBe(`${time}\t${requestId}\tERROR\t{ a: 1 }`);
  });

  it('shows the stack of an error once', () => {
    const error = { errorType: 'TypeError', errorMessage: 'no', stackTrace: ['TypeError: no', '    at f'] };
    expect(logged({ message: error })).toBe(`${time}\t${requestId}\tERROR\tTypeError: no\n    at f`);
    const message = 'it failed: TypeError: no\n    at f';
    expect(logged({ message, ...error })).toBe(`${time}\t${requestId}\tERROR\t${message}`);
  });

  it('shows metrics as one line', () => {
    const Metrics = [
      { Name: 'BatchSize', Unit: 'Count' },
      { Name: 'DurationPerMessage', Unit: 'Milliseconds' },
    ];
    const _aws = { Timestamp: 0, CloudWatchMetrics: [{ Namespace: 'ParallelLambda', Metrics }] };
    const line = JSON.stringify({ _aws, FunctionName: 'promises', BatchSize: 3, DurationPerMessage: 1.5 });
    expect(readableEntry(line)).toBe('METRICS BatchSize: 3\tDurationPerMessage: 1.50 ms');
  });

  it.each([
    'a line of text',
    '',
    '{ not JSON',
    '[1]',
    '{"some":"object"}',
    '{"type":"platform.extension","record":{"name":"x"}}',
    '{"_aws":{}}',
    // Powertools Logger and pino.
    '{"level":"INFO","message":"placing","timestamp":"2026-11-25T10:00:00.000Z","service":"orders","orderId":7}',
    '{"level":"INFO","message":"placing","timestamp":"2026-11-25T10:00:00.000Z","requestId":"r","orderId":7}',
    '{"level":30,"time":1764064800000,"pid":1,"hostname":"h","msg":"placing"}',
  ])('is not changed: %s', (entry) => {
    expect(readableEntry(entry)).toBe(entry);
  });
});
