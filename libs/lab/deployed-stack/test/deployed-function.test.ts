import {
  inAccount,
  invocation,
  jsonError,
  outputs,
  requestId,
  stack,
  xmlError,
  type Answers,
  type Input,
} from '@parallel-lambda/fake-aws';
import { formatReport, type Invocation } from '@parallel-lambda/local-lambda';
import { describe, expect, it } from 'vitest';

import { openDeployedFunction } from '../src/index.ts';

const report = {
  requestId,
  durationMs: 3000.5,
  billedDurationMs: 3001,
  memorySizeMb: 3008,
  maxMemoryUsedMb: 78,
};
const deployed: Answers = {
  DescribeStacks: () => stack(outputs),
  Invoke: () => invocation({ payload: '{"batchItemFailures":[]}', log: `${formatReport(report)}\n` }),
};

async function invoke(event: unknown = {}, onLog?: (entry: string) => void): Promise<Invocation> {
  await using opened = await openDeployedFunction('ParallelLambda', 'promises');
  return await opened.invoke(event, { onLog });
}

describe('a deployed function', () => {
  it('returns the same as a local function', async () => {
    await inAccount(deployed);
    await expect(invoke()).resolves.toEqual({
      status: 'success',
      payload: { batchItemFailures: [] },
      requestId,
      log: `${formatReport(report)}\n`,
      report,
    });
  });

  it.each(['', 'null'])('returns the payload null for the empty response "%s"', async (payload) => {
    await inAccount({ ...deployed, Invoke: () => invocation({ payload }) });
    await expect(invoke()).resolves.toMatchObject({
      status: 'success',
      payload: null,
      log: '',
      report: null,
    });
  });

  it('returns the error of a function that throws', async () => {
    const error = { errorType: 'InvalidEventError', errorMessage: 'not a batch', trace: ['at work'] };
    await inAccount({
      ...deployed,
      Invoke: () => invocation({ payload: JSON.stringify(error), functionError: 'Unhandled' }),
    });
    await expect(invoke()).resolves.toMatchObject({ status: 'error', functionError: 'Unhandled', error });
  });

  it.each([
    {
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: Task timed out after 3.00 seconds`,
    },
    { errorMessage: `2026-11-25T02:00:00.000Z ${requestId} Task timed out after 3.00 seconds` },
  ])('returns a timeout for the error %j', async (error) => {
    const Invoke = () => invocation({ payload: JSON.stringify(error), functionError: 'Unhandled' });
    await inAccount({ ...deployed, Invoke });
    await expect(invoke()).resolves.toMatchObject({ status: 'timeout', error });
  });

  it('marks a log of which only the end is available', async () => {
    const entries: string[] = [];
    await inAccount({ ...deployed, Invoke: () => invocation({ payload: 'null', log: 'é'.repeat(2048) }) });
    await invoke({}, (entry) => entries.push(entry));
    expect(entries).toEqual(['[only the end of the log is available]', 'é'.repeat(2048)]);
  });

  it('refuses an event of more than 6 MB', async () => {
    const aws = await inAccount(deployed);
    await expect(invoke('x'.repeat(6_291_455))).rejects.toMatchObject({
      code: 'event-too-large',
      message: 'The event has 6291457 bytes, but Lambda accepts 6291456.',
    });
    expect(aws.requested).toEqual(['DescribeStacks']);
  });
});

describe('the stack', () => {
  it('is found by its name', async () => {
    const names: unknown[] = [];
    const DescribeStacks = ({ StackName }: Input) => {
      names.push(StackName);
      return stack(outputs);
    };
    await inAccount({ ...deployed, DescribeStacks });
    await openDeployedFunction('Staging', 'promises');
    expect(names).toEqual(['Staging']);
  });

  it('without the function is refused, with the names of its functions', async () => {
    await inAccount(deployed);
    await expect(openDeployedFunction('ParallelLambda', 'child-processes')).rejects.toMatchObject({
      code: 'usage',
      message: 'The stack ParallelLambda has no function child-processes. It has: promises, worker-threads.',
    });
  });
});

describe('an error is one sentence with the fix', () => {
  it.each<[string, Answers, string, string]>([
    [
      'no such stack',
      { DescribeStacks: () => xmlError('ValidationError', 'Stack with id ParallelLambda does not exist') },
      'failure',
      'The stack ParallelLambda is not deployed in eu-central-1. Deploy it, or set AWS_REGION',
    ],
    [
      'a stack whose deployment failed',
      { DescribeStacks: () => stack({}, 'ROLLBACK_COMPLETE') },
      'failure',
      'The stack ParallelLambda (ROLLBACK_COMPLETE) has no output that names a function',
    ],
    [
      'a function that was deleted outside of CloudFormation',
      { Invoke: () => jsonError('ResourceNotFoundException', 'Function not found', 404) },
      'failure',
      `The function of promises, ${outputs.PromisesFunctionName}, was deleted outside of CloudFormation, and`,
    ],
    [
      'credentials that are refused',
      { DescribeStacks: () => xmlError('InvalidClientTokenId', 'The security token is invalid', 403) },
      'failure',
      'AWS rejected the credentials (InvalidClientTokenId: The security token is invalid). Renew them',
    ],
    [
      'credentials that have expired',
      { Invoke: () => jsonError('ExpiredTokenException', 'The security token has expired', 403) },
      'failure',
      'AWS rejected the credentials (ExpiredTokenException: The security token has expired)',
    ],
    [
      'a permission that is missing',
      {
        Invoke: () =>
          jsonError('AccessDeniedException', 'not authorized to perform: lambda:InvokeFunction', 403),
      },
      'aws-error',
      'The credentials do not allow the request: not authorized to perform: lambda:InvokeFunction',
    ],
    [
      'throttling',
      { Invoke: () => jsonError('TooManyRequestsException', 'Rate Exceeded.', 429) },
      'throttled',
      'AWS throttled the request after several attempts (TooManyRequestsException: Rate Exceeded.)',
    ],
    [
      'a fault of the service',
      { Invoke: () => jsonError('ServiceException', 'Internal', 500) },
      'aws-error',
      'AWS answered with ServiceException (500): Internal',
    ],
  ])('%s', async (_, answers, code, sentence) => {
    await inAccount({ ...deployed, ...answers });
    await expect(invoke()).rejects.toMatchObject({
      name: 'LabError',
      code,
      message: expect.stringContaining(sentence) as string,
    });
  });

  it.each<[string, Readonly<Record<string, string | undefined>>, string, string]>([
    [
      'no region',
      { AWS_REGION: undefined, AWS_DEFAULT_REGION: undefined },
      'failure',
      'No AWS region is set',
    ],
    [
      'no credentials',
      { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
      'failure',
      'No AWS credentials were found (',
    ],
    [
      'nothing at the endpoint',
      { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
      'failure',
      'http://127.0.0.1:1 (AWS_ENDPOINT_URL) cannot be reached (connect ECONNREFUSED 127.0.0.1:1)',
    ],
    [
      'no region for an emulator',
      { AWS_REGION: undefined, AWS_DEFAULT_REGION: undefined, AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' },
      'failure',
      'An emulator accepts any: AWS_REGION=us-east-1',
    ],
  ])('%s', async (_, variables, code, sentence) => {
    await inAccount(deployed, { AWS_PROFILE: undefined, ...variables });
    await expect(invoke()).rejects.toMatchObject({
      code,
      message: expect.stringContaining(sentence) as string,
    });
  });
});
