import {
  fakeAws,
  invocation,
  jsonError,
  outputs,
  stack,
  type Answers,
  type Input,
} from '@parallel-lambda/fake-aws';
import { describe, expect, it } from 'vitest';

import { runLab, type LabRun } from '../run-lab.ts';

const report =
  'REPORT RequestId: 7a2cf5d0-3c4f-4e55-8a3e-2d9e1c0d4b11\tDuration: 204.51 ms\tBilled Duration: 205 ms\t' +
  'Memory Size: 3008 MB\tMax Memory Used: 78 MB\t';
const done = invocation({ payload: '{"batchItemFailures":[]}', log: `START\nEND\n${report}\n` });
const deployed: Answers = { DescribeStacks: () => stack(outputs), Invoke: () => done };

async function invoke(answers: Answers, ...argv: string[]): Promise<LabRun> {
  await using aws = await fakeAws({ ...deployed, ...answers });
  return await runLab(['invoke', ...argv], '', aws.variables);
}

describe('lab invoke --remote', () => {
  it('prints response and log like a local function', async () => {
    const invoked: Input[] = [];
    const Invoke = (input: Input) => {
      invoked.push(input);
      return done;
    };
    const { code, stdout, stderr } = await invoke(
      { Invoke },
      ...['worker-threads', '--remote', '--messages', '2', '--body', '{"hash":7}'],
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: '{"batchItemFailures":[]}\n' });
    expect(stderr).toBe(`START\nEND\n${report.trimEnd()}\n`);
    expect(invoked).toMatchObject([
      {
        url: `/2015-03-31/functions/${outputs.WorkerThreadsFunctionName}/invocations`,
        payload: { Records: [{ body: '{"hash":7}' }, { body: '{"hash":7}' }] },
      },
    ]);
  });

  it('prints one object with --json', async () => {
    const { stdout, stderr } = await invoke({}, 'promises', '--remote', '--json');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      response: { batchItemFailures: [] },
      error: null,
      log: `START\nEND\n${report}\n`,
      report: { durationMs: 204.51, billedDurationMs: 205, memorySizeMb: 3008, maxMemoryUsedMb: 78 },
    });
  });

  it('exits with 1 if the function fails, with its error on stdout', async () => {
    const error = { errorType: 'InvalidEventError', errorMessage: 'not a batch', trace: ['at work'] };
    const Invoke = () => invocation({ payload: JSON.stringify(error), functionError: 'Unhandled' });
    const { code, stdout } = await invoke({ Invoke }, 'promises', '--remote');
    expect({ code, stdout }).toEqual({ code: 1, stdout: `${JSON.stringify(error)}\n` });
  });

  it('exits with 1 and one sentence if the function cannot be invoked', async () => {
    const Invoke = () => jsonError('ResourceNotFoundException', 'Function not found', 404);
    const { code, stdout, stderr } = await invoke({ Invoke }, 'promises', '--remote');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^lab: The function of promises, .+\n$/);
  });

  it('exits with 2 if the stack has no such function', async () => {
    const { code, stderr } = await invoke({}, 'child-processes', '--remote');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'lab: The stack ParallelLambda has no function child-processes. It has: promises, worker-threads.\n',
    });
  });
});
