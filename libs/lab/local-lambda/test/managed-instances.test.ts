import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { LocalFunction, LabError, type LocalFunctionOptions } from '../src/index.ts';
import { definition } from './definition.ts';
import { closedGate, type Gate } from './gate.ts';
import { logGate } from './log-gate.ts';
import { runtimes } from './runtimes.ts';

let gate: Gate;
let until: string;

beforeEach(async () => {
  gate = await closedGate();
  until = gate.url;
});

afterEach(async () => {
  await gate[Symbol.asyncDispose]();
});

const [, aws] = runtimes;
const variables = { AWS_LAMBDA_NODEJS_WORKER_COUNT: '2' };

function start(handler: string, options: LocalFunctionOptions, timeoutSeconds = 20): LocalFunction {
  const managed = definition('handlers', `managed.${handler}`, { environment: variables, timeoutSeconds });
  return new LocalFunction(managed, { ...aws?.options, ...options });
}

describe.skipIf(aws?.skip)("an environment of Managed Instances, on AWS's runtime client", () => {
  it('processes several events at a time in one process, each with a separate log', async () => {
    await using local = start('held', { maxConcurrency: 6 });
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const begun = names.map((name) => {
      const { onLog, reached } = logGate();
      return { result: local.invoke({ name, until }, { onLog }), reached };
    });
    for (const { reached } of begun) await reached('begin ');
    expect(local.environments).toMatchObject([{ state: 'running', invocations: 6 }]);
    gate.open();
    const results = await Promise.all(begun.map(({ result }) => result));
    for (const [index, { log, requestId, ...result }] of results.entries()) {
      expect(result).toMatchObject({
        status: 'success',
        payload: {
          name: names[index],
          awsRequestId: requestId,
          initialization: 'lambda-managed-instances',
          most: '6',
        },
      });
      const entries = log.split('\n').filter((line) => line.startsWith('{'));
      expect(entries.map((entry) => JSON.parse(entry) as unknown)).toMatchObject([
        { requestId, message: `begin ${names[index] ?? ''}` },
        { requestId, message: `end ${names[index] ?? ''}` },
      ]);
    }
    const pids = results.map((result) => (result as unknown as { payload: { pid: number } }).payload.pid);
    expect(new Set(pids).size).toBe(1);
    expect(local.environments).toMatchObject([{ state: 'idle' }]);
    expect(local.environmentsStarted).toBe(1);
  });

  it('is joined by another when it has as many events as it takes', async () => {
    await using local = start('held', { maxConcurrency: 2, concurrency: 2, whenBusy: 'throttle' });
    gate.open();
    const invoke = (): Promise<unknown> => local.invoke({ name: 'a', until });
    const invocations = [invoke(), invoke(), invoke(), invoke()];
    await expect(invoke()).rejects.toMatchObject({ code: 'throttled' });
    await Promise.all(invocations);
    expect(local.environmentsStarted).toBe(2);
  });

  it('continues when one event times out', async () => {
    await using local = start('held', { maxConcurrency: 2 }, 1);
    const late = await local.invoke({ name: 'late', until });
    expect(late).toMatchObject({ status: 'timeout', error: { errorType: 'Sandbox.Timedout' } });
    gate.open();
    expect(await local.invoke({ name: 'next', until })).toMatchObject({ payload: { name: 'next' } });
    expect(local.environmentsStarted).toBe(1);
  });

  it('takes all its events along when its process ends', async () => {
    await using local = start('endsOrHeld', { maxConcurrency: 2 });
    const { onLog, reached } = logGate();
    const held = local.invoke({ name: 'a', until }, { onLog });
    await reached('begin a');
    const ends = local.invoke({ end: true });
    const error = { error: { errorType: 'Runtime.ExitError' } };
    expect(await Promise.all([held, ends])).toMatchObject([error, error]);
    gate.open();
    expect(await local.invoke({ name: 'b', until })).toMatchObject({ payload: { name: 'b' } });
    expect(local.environmentsStarted).toBe(2);
  });
});

describe('a function on Managed Instances with a timeout of 5,400 s', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    [{ synchronous: true }, 900, '900.00'],
    [{}, 5400, '5400.00'],
  ])('ends an invocation with %j after %d s', async (options, seconds, shown) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    const managed = definition('handlers', 'managed.held', {
      managedInstances: { perEnvironment: 1 },
      memoryMb: 2048,
      timeoutSeconds: 5400,
    });
    await using local = new LocalFunction(managed);
    const { onLog, reached } = logGate();
    const invocation = local.invoke({ name: 'a', until }, { ...options, onLog });
    await reached('begin a');
    vi.advanceTimersByTime(seconds * 1000);
    expect(await invocation).toMatchObject({
      status: 'timeout',
      error: { errorMessage: expect.stringContaining(`Task timed out after ${shown} seconds`) as string },
      report: { durationMs: seconds * 1000 },
    });
  });
});

it('several events at a time in one process are refused on our own runtime client', () => {
  const onOwn = (): LocalFunction =>
    new LocalFunction(definition('handlers', 'managed.held'), { maxConcurrency: 2 });
  expect(onOwn).toThrow(LabError);
  expect(onOwn).toThrow('need the runtime aws');
});
