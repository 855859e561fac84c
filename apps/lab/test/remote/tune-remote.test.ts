import { existsSync } from 'node:fs';
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { formatReport } from '@parallel-lambda/local-lambda';
import type { Measurements } from '@parallel-lambda/report';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { invocation, json, jsonError, requestId, stack, type Answer, type Input } from './fake-aws.ts';
import { inAccount } from './in-account.ts';
import { labHere } from './lab-here.ts';
import { outputs } from './outputs.ts';

type Variables = Readonly<Record<string, string>>;

interface Deployed {
  readonly MemorySize: number;
  readonly Variables: Variables;
}

const asDeployed: Deployed = { MemorySize: 3008, Variables: { WORKERS: '50', TABLE: 'orders' } };
const marker = 'PARALLEL_LAMBDA_TUNING';

/** A function whose configuration can be changed, and whose batches take the less time the more memory it has. */
class DeployedFunctions {
  readonly now = new Map<string, Deployed>([
    [outputs.PromisesFunctionName, asDeployed],
    [outputs.WorkerThreadsFunctionName, asDeployed],
  ]);
  /** Memory sizes, in the order in which they were set. */
  readonly changes: number[] = [];
  onInvoke: (deployed: Deployed) => Answer | undefined = () => undefined;

  readonly answers = {
    DescribeStacks: () => stack(outputs),
    GetFunctionConfiguration: ({ url }: Input) => this.configuration(nameIn(url)),
    UpdateFunctionConfiguration: ({ url, MemorySize, Environment }: Input) => {
      const { Variables } = Environment as { readonly Variables: Variables };
      this.changes.push(MemorySize as number);
      this.now.set(nameIn(url), { MemorySize: MemorySize as number, Variables });
      return this.configuration(nameIn(url));
    },
    Invoke: ({ url, payload }: Input) => {
      const deployed = this.now.get(nameIn(url)) ?? asDeployed;
      const { length } = (payload as { readonly Records: readonly unknown[] }).Records;
      const durationMs = (length * 3538) / deployed.MemorySize;
      const report = {
        requestId,
        durationMs,
        billedDurationMs: Math.ceil(durationMs),
        memorySizeMb: deployed.MemorySize,
        maxMemoryUsedMb: 70,
        ...(length === 10 && { initDurationMs: 50 }),
      };
      const log = `${formatReport(report)}\n`;
      return this.onInvoke(deployed) ?? invocation({ payload: '{"batchItemFailures":[]}', log });
    },
  };

  configuration(name: string): Answer {
    const { MemorySize = 0, Variables = {} } = this.now.get(name) ?? {};
    return json({
      FunctionArn: arnOf(name),
      MemorySize,
      Architectures: ['arm64'],
      Environment: { Variables },
      LastUpdateStatus: 'Successful',
    });
  }

  all(): readonly Deployed[] {
    return [...this.now.values()];
  }
}

function arnOf(name: string): string {
  return `arn:aws:lambda:eu-central-1:123456789012:function:${name}`;
}

/** By name or ARN. */
function nameIn(url: unknown): string {
  const [, reference = ''] = /functions\/([^/]+)\//.exec(decodeURIComponent(String(url))) ?? [];
  return reference.split(':').at(-1) ?? '';
}

let functions: DeployedFunctions;
beforeEach(async () => {
  functions = new DeployedFunctions();
  await inAccount(functions.answers);
});

const folderOfItsOwn = () => mkdtempDisposable(path.join(tmpdir(), 'tune-'));
const restoreFile = (folder: string) => path.join(folder, `restore-${outputs.PromisesFunctionName}.json`);

function tune(folder: string, ...more: string[]) {
  return labHere(
    ...['tune', '--remote', '--memory', '1024,1769', '--budget', '60', '--no-open', ...more],
    ...['--json', path.join(folder, 'tune.json'), '--html', path.join(folder, 'tune.html')],
  );
}

describe('lab tune --remote', () => {
  it('measures each function with other settings, and gives it back the one it had', async () => {
    await using folder = await folderOfItsOwn();
    const { code, stdout, stderr } = await tune(folder.path);
    expect(code).toBe(0);
    const text = await readFile(path.join(folder.path, 'tune.json'), 'utf8');
    const { runtime, machine, series, samples } = JSON.parse(text) as Measurements;
    expect({ runtime, machine }).toEqual({ runtime: 'deployed', machine: undefined });
    expect(new Set(functions.changes)).toEqual(new Set([1024, 1769, 3008]));
    expect(new Set(samples.map((sample) => sample.series)).size).toBe(series.length);
    expect(series.some(({ setting }) => setting.threads === 2)).toBe(true);
    expect(stdout).toContain('--context memory=');
    expect(stderr).toContain('promises and worker-threads have an active event source mapping');
    expect(functions.all()).toEqual([asDeployed, asDeployed]);
    expect(existsSync(restoreFile(folder.path))).toBe(false);
  });

  it('gives it back after an error', async () => {
    await using folder = await folderOfItsOwn();
    functions.onInvoke = ({ MemorySize }) =>
      MemorySize === 1769 ? jsonError('AccessDeniedException', 'Not you', 403) : undefined;
    await expect(tune(folder.path)).rejects.toMatchObject({ code: 'aws-error' });
    expect(functions.changes).toContain(1769);
    expect(functions.all()).toEqual([asDeployed, asDeployed]);
    expect(existsSync(restoreFile(folder.path))).toBe(false);
  });

  it('gives it back after Ctrl-C', async () => {
    await using folder = await folderOfItsOwn();
    functions.onInvoke = ({ MemorySize }) => {
      if (MemorySize === 1769) process.emit('SIGINT');
      return undefined;
    };
    await expect(tune(folder.path)).rejects.toMatchObject({ code: 'failure' });
    expect(functions.changes).toContain(1769);
    expect(functions.all()).toEqual([asDeployed, asDeployed]);
    expect(process.listenerCount('SIGINT')).toBe(0);
  });

  it('says what is left, and where it is kept, when it cannot be given back', async () => {
    await using folder = await folderOfItsOwn();
    const update = functions.answers.UpdateFunctionConfiguration;
    vi.spyOn(functions.answers, 'UpdateFunctionConfiguration').mockImplementation((input) =>
      input.MemorySize === 3008 ? jsonError('AccessDeniedException', 'Not any more', 403) : update(input),
    );
    const { code, stderr } = await tune(folder.path);
    expect(code).toBe(1);
    expect(stderr).toContain('promises is left with a changed configuration; it had 3008 MB, WORKERS 50');
    expect(stderr).toContain(restoreFile(folder.path));
    expect(JSON.parse(await readFile(restoreFile(folder.path), 'utf8'))).toEqual({
      FunctionName: arnOf(outputs.PromisesFunctionName),
      MemorySize: 3008,
      Environment: { Variables: asDeployed.Variables },
    });
  });

  it('changes nothing where the variables cannot be read', async () => {
    await using folder = await folderOfItsOwn();
    vi.spyOn(functions.answers, 'GetFunctionConfiguration').mockReturnValue(
      json({
        MemorySize: 3008,
        Architectures: ['arm64'],
        Environment: { Error: { ErrorCode: 'AccessDeniedException', Message: 'no key' } },
      }),
    );
    await expect(tune(folder.path)).rejects.toMatchObject({
      code: 'aws-error',
      message: expect.stringContaining('no key') as string,
    });
    expect(functions.changes).toEqual([]);
  });
});

describe('functions that a killed tuning left changed', () => {
  const left: Deployed = { MemorySize: 512, Variables: { WORKERS: '10', [marker]: '3' } };

  async function leave(folder: string, FunctionName = arnOf(outputs.PromisesFunctionName)): Promise<void> {
    functions.now.set(outputs.PromisesFunctionName, left);
    const { MemorySize, Variables } = asDeployed;
    await writeFile(
      restoreFile(folder),
      JSON.stringify({ FunctionName, MemorySize, Environment: { Variables } }),
    );
  }

  it('are given back what they had by --restore', async () => {
    await using folder = await folderOfItsOwn();
    await leave(folder.path);
    const { stdout } = await labHere('tune', '--restore', '--json', path.join(folder.path, 'tune.json'));
    expect(stdout).toBe(
      'promises: has its 3008 MB and its variables again\nworker-threads: was not left changed by a tuning\n',
    );
    expect(functions.all()).toEqual([asDeployed, asDeployed]);
    expect(existsSync(restoreFile(folder.path))).toBe(false);
  });

  it('are given back what they had after the next tuning', async () => {
    await using folder = await folderOfItsOwn();
    await leave(folder.path);
    const { stderr } = await tune(folder.path);
    expect(stderr).toContain('promises was left changed by an earlier tuning');
    expect(functions.all()).toEqual([asDeployed, asDeployed]);
  });

  it('are not changed where nobody knows what they had', async () => {
    await using folder = await folderOfItsOwn();
    functions.now.set(outputs.PromisesFunctionName, left);
    await expect(tune(folder.path)).rejects.toMatchObject({ code: 'failure' });
    await leave(folder.path, arnOf('another'));
    await expect(tune(folder.path)).rejects.toMatchObject({
      message: expect.stringContaining('of another function') as string,
    });
    expect(functions.now.get(outputs.PromisesFunctionName)).toEqual(left);
  });
});
