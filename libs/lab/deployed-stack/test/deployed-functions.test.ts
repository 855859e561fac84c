import {
  inAccount,
  invocation,
  json,
  jsonError,
  outputs,
  requestId,
  stack,
  type Answer,
  type Answers,
  type Input,
} from '@parallel-lambda/fake-aws';
import { formatReport } from '@parallel-lambda/local-lambda';
import { compare } from '@parallel-lambda/measure';
import { expect, it } from 'vitest';

import { deployedFunctions } from '../src/index.ts';

interface Event {
  readonly Records: readonly { readonly attributes: { readonly MessageGroupId?: string } }[];
}

/** Functions that take 2 ms per message of a group. */
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

it('compares every deployed function and the sequential baseline by their reports', async () => {
  await inAccount(deployed);
  await using functions = await deployedFunctions('ParallelLambda');
  const measurements = await compare(functions, {
    runs: 1,
    budget: 20,
    region: 'eu-central-1',
    onProgress: () => undefined,
  });
  const { runtime, architecture, machine, series, samples } = measurements;
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
});

it('refuses to compare functions whose settings differ', async () => {
  const GetFunctionConfiguration = ({ url }: Input): Answer =>
    configuration(String(url).includes('promises') ? 1024 : 1769);
  await inAccount({ ...deployed, GetFunctionConfiguration });
  await expect(deployedFunctions('ParallelLambda')).rejects.toMatchObject({
    code: 'failure',
    message: expect.stringContaining('promises 1024 MB on arm64, worker-threads 1769 MB on arm64') as string,
  });
});

it('reports a function that was deleted outside of CloudFormation', async () => {
  const GetFunctionConfiguration = () => jsonError('ResourceNotFoundException', 'Function not found', 404);
  await inAccount({ ...deployed, GetFunctionConfiguration });
  await expect(deployedFunctions('ParallelLambda')).rejects.toMatchObject({ code: 'failure' });
});
