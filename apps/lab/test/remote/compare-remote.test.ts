import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Measurements } from '@parallel-lambda/report';
import { formatReport } from '@parallel-lambda/local-lambda';
import { describe, expect, it } from 'vitest';

import {
  invocation,
  json,
  jsonError,
  requestId,
  stack,
  type Answer,
  type Answers,
  type Input,
} from './fake-aws.ts';
import { inAccount } from './in-account.ts';
import { labHere } from './lab-here.ts';
import { outputs } from './outputs.ts';

interface Event {
  readonly Records: readonly { readonly attributes: { readonly MessageGroupId?: string } }[];
}

/** Functions whose work takes 2 ms a lane, so that it is known what must come out. */
function Invoke({ payload }: Input): Answer {
  const { Records } = payload as Event;
  const groups = new Set(Records.map(({ attributes }, index) => attributes.MessageGroupId ?? String(index)));
  const durationMs = (2 * Records.length) / groups.size;
  const report = {
    requestId,
    durationMs,
    billedDurationMs: Math.ceil(durationMs),
    memorySizeMb: 1769,
    maxMemoryUsedMb: 70,
  };
  return invocation({ payload: '{"batchItemFailures":[]}', log: `${formatReport(report)}\n` });
}

function configuration(MemorySize: number): Answer {
  return json({ MemorySize, Architectures: ['arm64'] });
}

const deployed: Answers = {
  DescribeStacks: () => stack(outputs),
  GetFunctionConfiguration: () => configuration(1769),
  Invoke,
};

describe('lab compare --remote', () => {
  it('measures every deployed function and the sequential baseline from their reports', async () => {
    await inAccount(deployed);
    await using folder = await mkdtempDisposable(path.join(tmpdir(), 'compare-'));
    const file = path.join(folder.path, 'compare.json');
    const { stdout } = await labHere(
      ...['compare', '--remote', '--runs', '1', '--budget', '20'],
      ...['--json', file, '--html', path.join(folder.path, 'compare.html'), '--no-open'],
    );
    const { runtime, architecture, machine, series, samples } = JSON.parse(
      await readFile(file, 'utf8'),
    ) as Measurements;
    expect({ runtime, architecture, machine }).toEqual({
      runtime: 'deployed',
      architecture: 'arm64',
      machine: undefined,
    });
    expect(series.every(({ setting }) => setting.memoryMb === 1769)).toBe(true);
    const durations = new Map(samples.map((sample) => [sample.series, sample.durationMs]));
    expect([...durations].slice(0, 3)).toEqual([
      ['waiting: sequential', 200],
      ['waiting: promises', 2],
      ['waiting: worker-threads', 2],
    ]);
    expect(durations.get('the AWS sample: promises')).toBe(50);
    expect(stdout).toContain('sequential');
    expect(stdout.replaceAll('\n', ' ')).toContain("are the message groups of a FIFO queue's event");
  });

  it('compares no functions that are set up differently', async () => {
    const GetFunctionConfiguration = ({ url }: Input): Answer =>
      configuration(String(url).includes('promises') ? 1024 : 1769);
    await inAccount({ ...deployed, GetFunctionConfiguration });
    await expect(labHere('compare', '--remote')).rejects.toMatchObject({
      code: 'failure',
      message: expect.stringContaining(
        'promises 1024 MB on arm64, worker-threads 1769 MB on arm64',
      ) as string,
    });
  });

  it('says so when a function was deleted by hand', async () => {
    const GetFunctionConfiguration = () => jsonError('ResourceNotFoundException', 'Function not found', 404);
    await inAccount({ ...deployed, GetFunctionConfiguration });
    await expect(labHere('compare', '--remote')).rejects.toMatchObject({ code: 'failure' });
  });
});
