import { existsSync } from 'node:fs';
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { inAccount, json, jsonError, outputs } from '@parallel-lambda/fake-aws';
import { batchesOfBody, tune } from '@parallel-lambda/measure';
import { pricesOf, type Measurements } from '@parallel-lambda/report';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { restoreFunctions, tunedFunctions } from '../../src/index.ts';
import { arnOf, DeployedFunctions, original, type Deployed } from './deployed-functions.ts';

const marker = 'PARALLEL_LAMBDA_TUNING';

let functions: DeployedFunctions;
beforeEach(async () => {
  functions = new DeployedFunctions();
  await inAccount(functions.answers);
});

const temporaryFolder = () => mkdtempDisposable(path.join(tmpdir(), 'tune-'));
const backupFile = (folder: string) => path.join(folder, `restore-${outputs.PromisesFunctionName}.json`);

interface Tuned {
  readonly measurements: Measurements;
  readonly warnings: readonly string[];
  readonly restoreErrors: readonly string[];
}

/** Tunes the functions of the stack, and restores their configuration. */
async function tuneStack(folder: string): Promise<Tuned> {
  const warnings: string[] = [];
  const restoreErrors: string[] = [];
  const region = 'us-east-1';
  const search = async (): Promise<Measurements> => {
    await using measured = await tunedFunctions('ParallelLambda', folder, {
      onWarning: (sentence) => warnings.push(sentence),
      onRestoreError: ({ message }) => restoreErrors.push(message),
    });
    return await tune(measured, {
      memory: [1024, 1769],
      batches: batchesOfBody({ wait: 1 }),
      batchSize: 100,
      budget: 60,
      region,
      prices: pricesOf(region),
      onProgress: () => undefined,
      onStage: () => Promise.resolve(),
    });
  };
  return { measurements: await search(), warnings, restoreErrors };
}

describe('a tuning of deployed functions', () => {
  it('measures each function with other settings, and restores its configuration', async () => {
    await using folder = await temporaryFolder();
    const { measurements, warnings, restoreErrors } = await tuneStack(folder.path);
    const { runtime, machine, series, samples } = measurements;
    expect({ runtime, machine, restoreErrors }).toEqual({
      runtime: 'deployed',
      machine: undefined,
      restoreErrors: [],
    });
    expect(new Set(functions.changes)).toEqual(new Set([1024, 1769, 3008]));
    expect(new Set(samples.map((sample) => sample.series)).size).toBe(series.length);
    expect(series.some(({ setting }) => setting.threads === 2)).toBe(true);
    expect(warnings).toEqual([
      expect.stringContaining('promises and worker-threads have an active event source mapping.'),
    ]);
    expect(functions.all()).toEqual([original, original]);
    expect(existsSync(backupFile(folder.path))).toBe(false);
  });

  it('restores the configuration after an error', async () => {
    await using folder = await temporaryFolder();
    functions.onInvoke = ({ MemorySize }) =>
      MemorySize === 1769 ? jsonError('AccessDeniedException', 'Not you', 403) : undefined;
    await expect(tuneStack(folder.path)).rejects.toMatchObject({ code: 'aws-error' });
    expect(functions.changes).toContain(1769);
    expect(functions.all()).toEqual([original, original]);
    expect(existsSync(backupFile(folder.path))).toBe(false);
  });

  it('invokes no function once its configuration is being restored', async () => {
    await using folder = await temporaryFolder();
    const listener = { onWarning: () => undefined, onRestoreError: () => undefined };
    const measured = await tunedFunctions('ParallelLambda', folder.path, listener);
    const opened = await measured.open({ function: 'promises', memoryMb: 1024 });
    await measured[Symbol.asyncDispose]();
    await expect(opened.invoke({ Records: [] })).rejects.toThrow('is being restored');
    await expect(measured.open({ function: 'promises', memoryMb: 512 })).rejects.toThrow('is being restored');
    expect(functions.changes).toEqual([1024, 3008]);
  });

  it('reports the original configuration and its backup if it cannot be restored', async () => {
    await using folder = await temporaryFolder();
    const update = functions.answers.UpdateFunctionConfiguration;
    vi.spyOn(functions.answers, 'UpdateFunctionConfiguration').mockImplementation((input) =>
      input.MemorySize === 3008 ? jsonError('AccessDeniedException', 'Not any more', 403) : update(input),
    );
    const [error] = (await tuneStack(folder.path)).restoreErrors;
    expect(error).toContain('configuration of promises is not restored. It had 3008 MB, WORKERS 50');
    expect(error).toContain(backupFile(folder.path));
    expect(JSON.parse(await readFile(backupFile(folder.path), 'utf8'))).toEqual({
      FunctionName: arnOf(outputs.PromisesFunctionName),
      MemorySize: 3008,
      Environment: { Variables: original.Variables },
    });
  });

  it('changes nothing if the environment variables cannot be read', async () => {
    await using folder = await temporaryFolder();
    vi.spyOn(functions.answers, 'GetFunctionConfiguration').mockReturnValue(
      json({
        MemorySize: 3008,
        Architectures: ['arm64'],
        Environment: { Error: { ErrorCode: 'AccessDeniedException', Message: 'no key' } },
      }),
    );
    await expect(tuneStack(folder.path)).rejects.toMatchObject({
      code: 'aws-error',
      message: expect.stringContaining('no key') as string,
    });
    expect(functions.changes).toEqual([]);
  });
});

describe('a configuration that a killed tuning did not restore', () => {
  const changed: Deployed = { MemorySize: 512, Variables: { WORKERS: '10', [marker]: '3' } };

  async function leaveChanged(
    folder: string,
    FunctionName = arnOf(outputs.PromisesFunctionName),
  ): Promise<void> {
    functions.now.set(outputs.PromisesFunctionName, changed);
    const { MemorySize, Variables } = original;
    await writeFile(
      backupFile(folder),
      JSON.stringify({ FunctionName, MemorySize, Environment: { Variables } }),
    );
  }

  it('is restored from its backup', async () => {
    await using folder = await temporaryFolder();
    await leaveChanged(folder.path);
    await expect(restoreFunctions('ParallelLambda', folder.path)).resolves.toEqual([
      { function: 'promises', memoryMb: 3008 },
      { function: 'worker-threads', memoryMb: undefined },
    ]);
    expect(functions.all()).toEqual([original, original]);
    expect(existsSync(backupFile(folder.path))).toBe(false);
  });

  it('is restored after the next tuning', async () => {
    await using folder = await temporaryFolder();
    await leaveChanged(folder.path);
    const { warnings } = await tuneStack(folder.path);
    expect(warnings).toContainEqual(
      expect.stringContaining('earlier tuning did not restore the configuration of promises'),
    );
    expect(functions.all()).toEqual([original, original]);
  });

  it('is not changed without its backup', async () => {
    await using folder = await temporaryFolder();
    functions.now.set(outputs.PromisesFunctionName, changed);
    await expect(tuneStack(folder.path)).rejects.toMatchObject({ code: 'failure' });
    await leaveChanged(folder.path, arnOf('another'));
    await expect(tuneStack(folder.path)).rejects.toMatchObject({
      message: expect.stringContaining('belongs to another function') as string,
    });
    expect(functions.now.get(outputs.PromisesFunctionName)).toEqual(changed);
  });
});
