import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import {
  inAccount,
  invocation,
  json,
  outputs,
  requestId,
  stack,
  type Answers,
} from '@parallel-lambda/fake-aws';
import { formatReport } from '@parallel-lambda/local-lambda';
import { describe, expect, it } from 'vitest';

import { labHere } from '../lab-here.ts';

const report = {
  requestId,
  durationMs: 10,
  billedDurationMs: 10,
  memorySizeMb: 1024,
  maxMemoryUsedMb: 70,
};
const configuration = json({
  MemorySize: 3008,
  Architectures: ['arm64'],
  Environment: { Variables: {} },
  LastUpdateStatus: 'Successful',
});
const deployed: Answers = {
  DescribeStacks: () => stack(outputs),
  GetFunctionConfiguration: () => configuration,
  UpdateFunctionConfiguration: () => configuration,
  Invoke: () => invocation({ payload: '{"batchItemFailures":[]}', log: `${formatReport(report)}\n` }),
};

describe('lab tune --remote', () => {
  it('restores the configurations after Ctrl-C, and exits with 1', async () => {
    const restored: unknown[] = [];
    await inAccount({
      ...deployed,
      Invoke: () => {
        process.emit('SIGINT');
        return invocation({ payload: 'null', log: `${formatReport(report)}\n` });
      },
      UpdateFunctionConfiguration: (input) => {
        restored.push(input.MemorySize);
        return configuration;
      },
    });
    await using folder = await mkdtempDisposable(path.join(tmpdir(), 'tune-'));
    await expect(
      labHere(
        ...['tune', '--remote', '--memory', '1024,1769', '--budget', '60', '--no-open'],
        ...['--json', path.join(folder.path, 'tune.json'), '--html', path.join(folder.path, 'tune.html')],
      ),
    ).rejects.toMatchObject({ code: 'failure' });
    expect(restored.at(-1)).toBe(3008);
    expect(process.listenerCount('SIGINT')).toBe(0);
  });

  it('prints what --restore has restored', async () => {
    await inAccount(deployed);
    const { code, stdout } = await labHere('tune', '--restore');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'promises: was not changed\nworker-threads: was not changed\n',
    });
  });
});
