import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { LocalFunction, type FunctionDefinition } from '../src/index.ts';
import { definition } from './definition.ts';
import { closedGate } from './gate.ts';
import { logGate } from './log-gate.ts';
import { runtimes } from './runtimes.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe.for(runtimes)('INIT on $name', ({ options, skip }) => {
  const load = (code: string, handler: string, changes?: Partial<FunctionDefinition>): LocalFunction =>
    new LocalFunction(definition(`loading/${code}`, handler, changes), options);

  describe.skipIf(skip)('finds', () => {
    it.for([
      ['an .mjs file', 'nested/folder', 'index.handler', 'nested'],
      ['a file in a folder', 'nested', 'folder/index.handler', 'nested'],
      ['a .js file of an ES module package', 'module-type', 'index.handler', 'module'],
      ['a .cjs file', 'commonjs', 'index.handler', 'cjs'],
      ['a nested export', 'commonjs', 'nested.deep.er', 'deep'],
      ['a property of the default export', 'nested', 'index.inDefault', 'default'],
    ] as const)('%s', async ([, code, handler, payload]) => {
      await using local = load(code, handler);
      expect(await local.invoke({})).toMatchObject({ status: 'success', payload });
    });
  });

  describe.skipIf(skip)('fails the invocation', () => {
    it.for([
      ['nested', 'index.missing', 'Runtime.HandlerNotFound', 'index.missing is undefined or not exported'],
      ['nested', 'index.notAFunction', 'Runtime.HandlerNotFound', 'index.notAFunction is not a function'],
      ['nested', 'no-such-file.handler', 'Runtime.ImportModuleError', "Cannot find module 'no-such-file'"],
      [
        'missing-import',
        'index.handler',
        'Runtime.ImportModuleError',
        "Cannot find module 'no-such-package'",
      ],
      ['missing-import', 'esm.handler', 'Error', "Cannot find package 'no-such-package'"],
      ['nested', 'index', 'Runtime.MalformedHandlerName', 'Bad handler'],
      [
        'nested',
        '../index.handler',
        'Runtime.MalformedHandlerName',
        "'../index.handler' is not a valid handler name",
      ],
      ['nested', 'index.callback', 'Runtime.CallbackHandlerDeprecated', 'callback-based function handlers'],
      ['throws', 'index.handler', 'Error', 'the table is not there'],
    ] as const)('%s %s with %s', async ([code, handler, errorType, message]) => {
      await using local = load(code, handler);
      const result = await local.invoke({});
      expect(result).toMatchObject({
        status: 'error',
        functionError: 'Unhandled',
        error: { errorType, errorMessage: expect.stringContaining(message) as unknown },
        report: { status: 'error', errorType },
      });
      expect(result.report).not.toHaveProperty('initDurationMs');
    });

    it('of a module that cannot be parsed with Runtime.UserCodeSyntaxError', async () => {
      await using folder = await mkdtempDisposable(path.join(tmpdir(), 'init-'));
      await writeFile(path.join(folder.path, 'index.mjs'), 'export const handler = async () => {');
      await using local = load('', 'index.handler', { codeFolder: folder.path });
      expect(await local.invoke({})).toMatchObject({
        error: {
          errorType: 'Runtime.UserCodeSyntaxError',
          errorMessage: expect.stringMatching(/^SyntaxError: /) as unknown,
        },
      });
    });

    it('of a module that ends the process, after a second attempt, with Runtime.ExitError', async () => {
      await using local = load('exits', 'index.handler');
      const result = await local.invoke({});
      expect(result).toMatchObject({
        error: {
          errorType: 'Runtime.ExitError',
          errorMessage: expect.stringContaining('exit status 7') as unknown,
        },
      });
      expect(result.log.match(/initializing/g)).toHaveLength(2);
      expect(local.environmentsStarted).toBe(2);
    });
  });

  it.skipIf(skip)('is begun again within the invocation, which succeeds if that does', async () => {
    await using gate = await closedGate();
    gate.open();
    const environment = { COUNTER: gate.url };
    await using local = load('first-time', 'index.handler', { environment });
    const result = await local.invoke({});
    expect(result).toMatchObject({ status: 'success', payload: 'second time lucky' });
    expect(result.log).toMatch(
      /Init Error[^]*\nINIT_REPORT Init Duration: [\d.]+ ms\tPhase: init\tStatus: error\nSTART /,
    );
    expect(result.report).not.toHaveProperty('initDurationMs');
    await local.invoke({});
    expect(local.environmentsStarted).toBe(2);
  });

  it.skipIf(skip)('has 10 seconds, and then the time of the function', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await using local = load('hangs', 'index.handler', { timeoutSeconds: 4 });
    const first = logGate();
    const second = logGate();
    let gate = first;
    const aliveAtReport: unknown[] = [];
    const invocation = local.invoke(
      {},
      {
        onLog: (entry) => {
          gate.onLog(entry);
          if (entry.startsWith('INIT_REPORT')) aliveAtReport.push(...local.environments);
        },
      },
    );
    await first.reached('initializing');
    gate = second;
    await vi.advanceTimersByTimeAsync(10_000);
    await second.reached('initializing');
    await vi.advanceTimersByTimeAsync(4000);
    const result = await invocation;
    expect(result).toMatchObject({
      status: 'timeout',
      error: { errorMessage: expect.stringContaining('Task timed out after 4.00 seconds') as unknown },
    });
    expect(result.log).toMatch(/\tPhase: init\tStatus: timeout\n/);
    // Nothing more of the first attempt can follow its report.
    expect(aliveAtReport).toEqual([]);
  });
});
