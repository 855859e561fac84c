import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { HoldingServer } from '../holding-server.ts';
import { messages } from '../messages.ts';
import { runtimeUnderTest } from '../runtime-under-test.ts';
import { sqsEvent } from '../sqs-event.ts';
import { ServedStack } from './served-stack.ts';

let stack: ServedStack;
let lambda: LambdaClient;
let settings: object;

beforeAll(async () => {
  if (!runtimeUnderTest.installed) return;
  stack = await ServedStack.start({ concurrency: 1 });
  settings = {
    endpoint: stack.server.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  lambda = new LambdaClient(settings);
});

afterAll(async () => {
  if (!runtimeUnderTest.installed) return;
  lambda.destroy();
  await stack[Symbol.asyncDispose]();
});

const invoke = (event: unknown, options: Partial<ConstructorParameters<typeof InvokeCommand>[0]> = {}) =>
  lambda.send(new InvokeCommand({ FunctionName: 'promises', Payload: JSON.stringify(event), ...options }));

describe.skipIf(!runtimeUnderTest.installed)('the endpoint, asked with the AWS SDK', () => {
  it('invokes a function and gives its response, with the end of its log', async () => {
    const output = await invoke(sqsEvent(messages([], { fail: true })), { LogType: 'Tail' });
    expect(output).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(output.FunctionError).toBeUndefined();
    expect(output.Payload?.transformToString()).toBe('{"batchItemFailures":[{"itemIdentifier":"m2"}]}');
    const log = Buffer.from(output.LogResult ?? '', 'base64').toString();
    expect(log).toContain(output.$metadata.requestId);
    expect(log).toContain('platform.report');
  });

  it("gives a function's error as Lambda does", async () => {
    const output = await invoke({ no: 'batch' });
    expect(output).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(output.Payload?.transformToString() ?? '')).toMatchObject({
      errorType: 'InvalidEventError',
    });
  });

  it('finds a function by its ARN too, and lists the known functions for an unknown one', async () => {
    const FunctionName = 'arn:aws:lambda:us-east-1:000000000000:function:promises:$LATEST';
    await expect(invoke({}, { FunctionName, InvocationType: 'DryRun' })).resolves.toMatchObject({
      StatusCode: 204,
    });
    await expect(invoke({}, { FunctionName: 'fibers' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining('Available functions: promises') as string,
    });
  });

  it('throttles requests while every environment is busy', async () => {
    await using server = await HoldingServer.listen();
    const first = invoke(sqsEvent(messages({ fetch: server.url('/held') })));
    await server.untilHeld(1);
    await expect(invoke({})).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    server.release();
    await expect(first).resolves.toMatchObject({ StatusCode: 200 });
  });

  it('processes an asynchronous event', async () => {
    await using server = await HoldingServer.listen();
    const event = sqsEvent(messages({ fetch: server.url('/pass/later') }));
    await expect(invoke(event, { InvocationType: 'Event' })).resolves.toMatchObject({ StatusCode: 202 });
    await server.untilArrived('/pass/later');
  });

  it('refuses an event larger than 6 MB, and one that is not JSON', async () => {
    await expect(invoke({ text: 'x'.repeat(6_291_456) })).rejects.toMatchObject({
      name: 'RequestTooLargeException',
    });
    await expect(
      lambda.send(new InvokeCommand({ FunctionName: 'promises', Payload: '{' })),
    ).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
    });
  });

  it('returns and changes memory and variables, which the next invocation has', async () => {
    const before = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'effect-fibers' }));
    expect(before).toMatchObject({
      MemorySize: 3008,
      Timeout: 30,
      State: 'Active',
      LastUpdateStatus: 'Successful',
    });
    await lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'effect-fibers',
        MemorySize: 1769,
        Environment: { Variables: { WORKERS: '3' } },
      }),
    );
    const { LogResult = '' } = await invoke(
      { simulate: { messages: 1, body: [] } },
      { FunctionName: 'effect-fibers', LogType: 'Tail' },
    );
    expect(Buffer.from(LogResult, 'base64').toString()).toContain('"memorySizeMB":1769');
    const after = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'effect-fibers' }));
    expect(after).toMatchObject({ MemorySize: 1769, Environment: { Variables: { WORKERS: '3' } } });
    const tooMuch = new UpdateFunctionConfigurationCommand({ FunctionName: 'effect-fibers', MemorySize: 1 });
    await expect(lambda.send(tooMuch)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  it("returns the stack's outputs, and names the served stack for an unknown one", async () => {
    const client = new CloudFormationClient(settings);
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: 'ParallelLambda' }));
    expect(Stacks).toMatchObject([{ StackName: 'ParallelLambda', StackStatus: 'CREATE_COMPLETE' }]);
    expect(Stacks[0]?.Outputs).toContainEqual({
      OutputKey: 'WorkerThreadsQueueUrl',
      OutputValue: `${stack.server.endpoint}/000000000000/worker-threads-Queue`,
    });
    await expect(client.send(new DescribeStacksCommand({ StackName: 'Other' }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id Other does not exist. Available stacks: ParallelLambda',
    });
    client.destroy();
  });

  it('counts invocations and errors, which CloudWatch returns immediately', async () => {
    const client = new CloudWatchClient(settings);
    const FunctionName = 'worker-threads';
    await invoke({ simulate: { messages: 1, body: [] } }, { FunctionName });
    await invoke({ no: 'batch' }, { FunctionName });
    const metric = (Id: string, MetricName: string) => ({
      Id,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/Lambda',
          MetricName,
          Dimensions: [{ Name: 'FunctionName', Value: FunctionName }],
        },
        Period: 86_400,
        Stat: 'Sum',
      },
    });
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(Date.now() - 3_600_000),
        EndTime: new Date(Date.now() + 3_600_000),
        MetricDataQueries: [
          metric('all', 'Invocations'),
          metric('failed', 'Errors'),
          metric('throttled', 'Throttles'),
        ],
      }),
    );
    const total = MetricDataResults.map(({ Id, Values = [] }) => [
      Id,
      Values.reduce((sum, value) => sum + value, 0),
    ]);
    expect(Object.fromEntries(total)).toEqual({ all: 2, failed: 1, throttled: 0 });
    client.destroy();
  });
});
