import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  LocalFunction,
  type EnvironmentSnapshot,
  type InvocationResult,
  type LocalFunctionOptions,
} from '../src/index.ts';
import { definition } from './definition.ts';
import { closedGate, type Gate } from './gate.ts';
import { logGate } from './log-gate.ts';

let gate: Gate;
let until: string;

beforeEach(async () => {
  gate = await closedGate();
  until = gate.url;
});

afterEach(async () => {
  vi.useRealTimers();
  await gate[Symbol.asyncDispose]();
});

const leftFolders = (): string[] => readdirSync(tmpdir()).filter((name) => name.includes(`-${process.pid}-`));
const held = definition('handlers', 'pool.held');
const start = (options: LocalFunctionOptions, reservedConcurrency?: number): LocalFunction =>
  new LocalFunction({ ...held, ...(reservedConcurrency !== undefined && { reservedConcurrency }) }, options);

/** Begins an invocation that lasts until the gate is open. */
async function begin(local: LocalFunction): Promise<{ readonly result: Promise<InvocationResult> }> {
  const { onLog, reached } = logGate();
  const result = local.invoke({ until }, { onLog });
  await reached('held in');
  return { result };
}

describe('invocations at the same time', () => {
  it('have an environment each, and those are used again', async () => {
    const states: string[] = [];
    await using local = start({
      concurrency: 3,
      onEnvironment: ({ id, state }: EnvironmentSnapshot) => states.push(`${id} ${state}`),
    });
    const begun = [await begin(local), await begin(local), await begin(local)];
    expect(local.environments).toMatchObject([
      { id: 1, state: 'running', invocations: 1 },
      { id: 2, state: 'running', invocations: 1 },
      { id: 3, state: 'running', invocations: 1 },
    ]);
    gate.open();
    const results = await Promise.all(begun.map(({ result }) => result));
    expect(new Set(results.map((result) => result.status === 'success' && result.payload)).size).toBe(3);
    for (let n = 0; n < 3; n += 1) await local.invoke({ until });
    expect(local.environmentsStarted).toBe(3);
    expect(states.filter((state) => state.startsWith('1')).slice(0, 3)).toEqual([
      '1 initializing',
      '1 running',
      '1 frozen',
    ]);
  });

  it('take the environment that was used last, so that the others can be ended', async () => {
    await using local = start({ concurrency: 2 });
    const begun = [await begin(local), await begin(local)];
    gate.open();
    await Promise.all(begun.map(({ result }) => result));
    for (let n = 0; n < 3; n += 1) await local.invoke({ until });
    expect(local.environments.map(({ invocations }) => invocations).sort()).toEqual([1, 4]);
  });

  it('wait when as many are busy as there may be', async () => {
    await using local = start({ concurrency: 1 });
    const { result } = await begin(local);
    const waiting = local.invoke({ until });
    gate.open();
    expect(await waiting).toMatchObject({ payload: ((await result) as { payload?: unknown }).payload });
    expect(local.environmentsStarted).toBe(1);
  });

  it.for([
    ['the caller allows', { concurrency: 1 }, undefined],
    ['the template reserves', { concurrency: 5 }, 1],
  ] as const)('are throttled beyond what %s, where that is wanted', async ([, options, reserved]) => {
    await using local = start({ ...options, whenBusy: 'throttle' }, reserved);
    const { result } = await begin(local);
    await expect(local.invoke({ until })).rejects.toMatchObject({
      code: 'throttled',
      message: 'Rate exceeded: fixture is busy in as many environments as it may have (1)',
    });
    gate.open();
    await result;
    expect(await local.invoke({ until })).toMatchObject({ status: 'success' });
  });

  it('are always throttled where the template reserves none', async () => {
    await using local = start({ concurrency: 5 }, 0);
    await expect(local.invoke({ until })).rejects.toMatchObject({ code: 'throttled' });
    expect(local.environmentsStarted).toBe(0);
  });
});

describe('an environment', () => {
  it('is ended when it was idle for a time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const ended = Promise.withResolvers<EnvironmentSnapshot>();
    await using local = start({
      onEnvironment: (environment) => {
        if (environment.state === 'ended') ended.resolve(environment);
      },
    });
    gate.open();
    await local.invoke({ until });
    await vi.advanceTimersByTimeAsync(299_999);
    expect(local.environments).toMatchObject([{ state: 'frozen' }]);
    await vi.advanceTimersByTimeAsync(1);
    expect(local.environments).toEqual([]);
    expect(await ended.promise).toMatchObject({ id: 1 });
  });

  it('is replaced when it was killed while it was frozen', async () => {
    const ended = Promise.withResolvers<undefined>();
    await using local = start({
      onEnvironment: ({ state }) => {
        if (state === 'ended') ended.resolve(undefined);
      },
    });
    gate.open();
    await local.invoke({ until });
    process.kill(local.environments[0]?.pid ?? Number.NaN, 'SIGKILL');
    await ended.promise;
    expect(await local.invoke({ until })).toMatchObject({ status: 'success' });
    expect(local.environmentsStarted).toBe(2);
  });

  it('has a temporary folder that is kept between invocations, and removed with it', async () => {
    const leavesFile = definition('handlers', 'pool.leavesFile');
    const payloads: { folder: string; files: string[] }[] = [];
    for (const names of [['a', 'b'], ['c']]) {
      await using local = new LocalFunction(leavesFile);
      for (const name of names) {
        const result = await local.invoke({ name });
        if (result.status === 'success') payloads.push(result.payload as (typeof payloads)[number]);
      }
    }
    expect(payloads.map(({ files }) => files)).toEqual([['a'], ['a', 'b'], ['c']]);
    expect(leftFolders()).toEqual([]);
  });

  it('leaves its temporary folder to the next one after a crash, as on Lambda', async () => {
    {
      await using local = new LocalFunction(definition('handlers', 'pool.leavesFile'));
      await local.invoke({ name: 'a' });
      expect(await local.invoke({ name: 'b', exit: true })).toMatchObject({ status: 'error' });
      expect(await local.invoke({ name: 'c' })).toMatchObject({ payload: { files: ['a', 'b', 'c'] } });
      expect(local.environmentsStarted).toBe(2);
      await local.invoke({ name: 'd', exit: true });
    }
    expect(leftFolders()).toEqual([]);
  });
});

describe('a function that is replaced', () => {
  it('finishes running invocations with the previous code, and starts new ones with the new code', async () => {
    await using local = start({ concurrency: 2 });
    const { result } = await begin(local);
    local.replace(definition('handlers', 'handlers.echo'));
    expect(await local.invoke('new')).toMatchObject({ payload: 'new' });
    gate.open();
    expect(await result).toMatchObject({ status: 'success', payload: expect.any(Number) as number });
    expect(await local.invoke('newer')).toMatchObject({ payload: 'newer' });
    expect(local.environments).toMatchObject([{ id: 2, invocations: 2 }]);
  });

  it('ends its idle environments immediately', async () => {
    await using local = start({});
    gate.open();
    await local.invoke({ until });
    local.replace(definition('handlers', 'handlers.echo', { memoryMb: 512 }));
    expect(local.environments).toEqual([]);
    expect(local.definition.memoryMb).toBe(512);
    expect(await local.invoke('new')).toMatchObject({ payload: 'new', report: { memorySizeMb: 512 } });
  });
});
