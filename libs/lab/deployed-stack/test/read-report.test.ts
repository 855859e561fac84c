import { formatReport, type Report } from '@parallel-lambda/local-lambda';
import { describe, expect, it } from 'vitest';

import { readReport } from '../src/read-report.ts';

const requestId = '7a2cf5d0-3c4f-4e55-8a3e-2d9e1c0d4b11';
const warm: Report = {
  requestId,
  durationMs: 12.34,
  billedDurationMs: 13,
  memorySizeMb: 3008,
  maxMemoryUsedMb: 70,
};

function platform(record: object): string {
  return JSON.stringify({ time: '2026-11-25T02:00:00.000Z', type: 'platform.report', record });
}

const metrics = { durationMs: 12.34, billedDurationMs: 13, memorySizeMB: 3008, maxMemoryUsedMB: 70 };

describe('the report of a text log', () => {
  it.each<[string, Report]>([
    ['warm', warm],
    ['cold', { ...warm, initDurationMs: 150.01 }],
    ['timed out', { ...warm, status: 'timeout' }],
    ['ended', { ...warm, status: 'error', errorType: 'Runtime.ExitError' }],
  ])('of a function that was %s equals the line', (_, report) => {
    const log = `START RequestId: ${requestId} Version: $LATEST\nEND RequestId: ${requestId}\n${formatReport(report)}\t\n`;
    expect(readReport(log)).toEqual(report);
  });

  it('is found before the line of X-Ray', () => {
    const log = `${formatReport(warm)}\t\nXRAY TraceId: 1-65-abc\tSegmentId: 42f6e51b0a9c\tSampled: true\t\n`;
    expect(readReport(log)).toEqual(warm);
  });

  it("is not what the function itself wrote in its shape, but Lambda's own, which comes last", () => {
    const forged = formatReport({ ...warm, durationMs: 1 });
    expect(readReport(`${forged}\n${formatReport(warm)}\n`)).toEqual(warm);
  });
});

describe('the report of a JSON log', () => {
  it.each<[string, object, Report]>([
    ['warm', { status: 'success' }, warm],
    ['timed out', { status: 'timeout' }, { ...warm, status: 'timeout' }],
    [
      'ended',
      { status: 'failure', errorType: 'Runtime.ExitError' },
      { ...warm, status: 'error', errorType: 'Runtime.ExitError' },
    ],
  ])('of a function that was %s equals the record', (_, more, report) => {
    const line = '{"level":"INFO","message":"done"}';
    expect(readReport(`${line}\n${platform({ requestId, metrics, ...more })}\n`)).toEqual(report);
  });

  it('has INIT of a cold start', () => {
    const log = platform({ requestId, metrics: { ...metrics, initDurationMs: 150.01 }, status: 'success' });
    expect(readReport(log)).toEqual({ ...warm, initDurationMs: 150.01 });
  });
});

it.each([
  ['an empty log', ''],
  ['a log at the level WARN', '{"level":"WARN","message":"slow"}\n'],
  ['a log that begins within the record', platform({ requestId, metrics }).slice(40)],
  ['a report without figures', 'REPORT RequestId: 7a2c\tDuration: soon\n'],
  [
    'a report of Managed Instances, which have no billed duration',
    platform({ requestId, metrics: { durationMs: 3 } }),
  ],
])('there is none in %s', (_, log) => {
  expect(readReport(log)).toBeUndefined();
});
