import { describe, expect, it } from 'vitest';

import { displayListeners, jsonDisplay, lineDisplay, TableDisplay } from '../../src/display/stack-display.ts';
import type { ServedInvocation, ServedLogEntry } from '../../src/served-invocation.ts';

const logged: ServedLogEntry = {
  function: 'orders',
  requestId: '8f507cfc-0000-4697-b07a-ac58fc914c95',
  entry: '{"level":"INFO","message":"placing","orderId":7}',
  platform: false,
};
const platform = { ...logged, entry: 'START RequestId: 8f507cfc', platform: true };
const report = { durationMs: 12.3, billedDurationMs: 13, maxMemoryUsedMb: 70 };

function invocation(result: object, batch?: ServedInvocation['batch']): ServedInvocation {
  return {
    function: 'orders',
    origin: 'mapping',
    result: { requestId: 'r', report, ...result },
    batch,
  } as never;
}

const failed = invocation({
  status: 'error',
  error: { errorType: 'Error', errorMessage: 'no table' },
});
const partial = invocation(
  { status: 'success', payload: { batchItemFailures: [{ itemIdentifier: 'm2' }, { itemIdentifier: 'm4' }] } },
  { messages: 5, failed: 2 },
);

function output() {
  const lines: string[] = [];
  const write = (stream: string) => (line: string) => lines.push(`${stream} ${line}`);
  return { lines, program: 'lab', print: write('out'), printError: write('err'), logFile: write('file') };
}

function onScreen() {
  const { lines, program, print, printError } = output();
  return { lines, out: { program, print, printError } };
}

/** A terminal that shows nothing. */
const terminal = { stream: { columns: 80, rows: 24 } as never, width: () => 80 };

describe('without a terminal', () => {
  it('a line of a log is on stderr, whole, prefixed by function and request', () => {
    const { lines, out } = onScreen();
    lineDisplay(out).log(logged);
    expect(lines).toEqual([`err orders 8f507cfc | ${logged.entry}`]);
  });

  it("Lambda's own entries are not shown, because the line of the invocation has their figures", () => {
    const { lines, out } = onScreen();
    lineDisplay(out).log(platform);
    jsonDisplay(out).log(platform);
    expect(lines).toEqual([]);
  });

  it('a failed invocation has its reason, and failed messages are named', () => {
    const { lines, ...out } = output();
    const display = lineDisplay(out);
    display.invocation(failed);
    display.invocation(partial);
    expect(lines).toEqual([
      'out orders failed after 12.3 ms: Error: no table',
      'out orders responded after 12.3 ms, 3 of 5 messages done, failed: m2, m4',
    ]);
  });

  it('lines of JSON have the logs as events', () => {
    const { lines, out } = onScreen();
    jsonDisplay(out).log(logged);
    expect(lines).toEqual([
      `out ${JSON.stringify({ function: 'orders', requestId: logged.requestId, log: logged.entry })}`,
    ]);
  });
});

it.each([
  ['lines', lineDisplay],
  ['lines of JSON', jsonDisplay],
] as const)('a file receives all entries of the logs instead of the screen: %s', (_, open) => {
  const { lines, ...out } = output();
  const display = open(out);
  display.log(platform);
  display.log(logged);
  expect(lines).toEqual([
    'file orders 8f507cfc | START RequestId: 8f507cfc',
    `file orders 8f507cfc | ${logged.entry}`,
  ]);
});

describe('on a terminal', () => {
  it('logs are shown above the table while a key has switched them on', () => {
    const { lines, out } = onScreen();
    const display = new TableDisplay(out, terminal);
    display.log(logged);
    display.toggleLogs();
    display.log(logged);
    display.log(platform);
    display.toggleLogs();
    display.log(logged);
    expect(lines).toEqual([`err orders 8f507cfc | ${logged.entry}`]);
  });

  it('failed invocations and failed messages are printed above the table, others are only counted', () => {
    const { lines, ...out } = output();
    const display = new TableDisplay(out, terminal);
    display.invocation(invocation({ status: 'success', payload: null }));
    display.invocation(failed);
    display.invocation(partial);
    expect(lines).toEqual([
      'err orders failed after 12.3 ms: Error: no table',
      'err orders responded after 12.3 ms, 3 of 5 messages done, failed: m2, m4',
    ]);
  });
});

it('what to do about a module that a function cannot load is said once per function', () => {
  const { lines, out } = onScreen();
  const { onInvocation } = displayListeners(lineDisplay(out));
  const errorMessage = "Error: Cannot find module '@aws-sdk/client-s3'";
  const unloaded = invocation({
    status: 'error',
    error: { errorType: 'Runtime.ImportModuleError', errorMessage },
  });
  for (const each of [unloaded, unloaded, { ...unloaded, function: 'payments' }]) onInvocation(each);
  expect(lines.filter((line) => line.startsWith('err'))).toEqual([
    expect.stringMatching(
      /^err lab: orders: @aws-sdk\/client-s3 is part of Lambda's runtime, and not installed here/,
    ),
    expect.stringMatching(/^err lab: payments: @aws-sdk\/client-s3/),
  ]);
});
