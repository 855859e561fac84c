import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, it } from 'vitest';

import cdk from '../cdk.json' with { type: 'json' };
import { TechniqueFunction, type TechniqueFunctionProps } from '../src/technique-function.ts';
import { FakeWorkspace } from './fake-workspace.ts';

/** The template of one technique. */
function templateOf(props: Omit<TechniqueFunctionProps, 'code'> = {}): Template {
  using workspace = new FakeWorkspace({ 'dist/handler.js': 'a function' });
  const stack = new Stack(new App({ context: cdk.context }));
  new TechniqueFunction(stack, 'technique', { code: workspace.resolve('dist'), ...props });
  return Template.fromStack(stack);
}

/** The one resource of a type of which there is one. */
function only(template: Template, type: string): { readonly id: string; readonly properties: unknown } {
  const [[id, resource] = [], ...others] = Object.entries(template.findResources(type));
  if (id === undefined || others.length > 0)
    throw new Error(`Expected one ${type}, got ${others.length + 1}`);
  return { id, properties: (resource as { Properties?: unknown }).Properties };
}

describe('a technique function', () => {
  it('runs on Lambda’s Node 24 on arm64 with 3,008 MB for at most 30 seconds', () => {
    templateOf().hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'handler.handler',
      MemorySize: 3008,
      Timeout: 30,
    });
  });

  it('lets its caller have the last word on every setting', () => {
    const template = templateOf({
      memorySize: 1769,
      timeout: Duration.seconds(20),
      architecture: Architecture.X86_64,
      environment: { WORKERS: '4' },
      batchSize: 10,
      batchingWindow: Duration.seconds(0),
      maxReceiveCount: 7,
      logRetention: RetentionDays.ONE_DAY,
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      MemorySize: 1769,
      Timeout: 20,
      Architectures: ['x86_64'],
      Environment: { Variables: { WORKERS: '4' } },
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
    });
    template.hasResourceProperties('AWS::SQS::Queue', { RedrivePolicy: { maxReceiveCount: 7 } });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 1 });
  });

  it('reads its queue in batches of 100 and answers with what failed', () => {
    const template = templateOf();
    const queues = Object.keys(
      template.findResources('AWS::SQS::Queue', { Properties: { RedrivePolicy: Match.anyValue() } }),
    );
    expect(queues).toHaveLength(1);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      EventSourceArn: { 'Fn::GetAtt': [queues[0], 'Arn'] },
      FunctionName: { Ref: only(template, 'AWS::Lambda::Function').id },
    });
  });

  it.each([
    { timeout: 30, window: 1, hidden: 181 },
    { timeout: 60, window: 20, hidden: 380 },
    { timeout: 900, window: 300, hidden: 5700 },
  ])('hides a message $hidden s where it may work for $timeout s and gather for $window s', (times) => {
    templateOf({
      timeout: Duration.seconds(times.timeout),
      batchingWindow: Duration.seconds(times.window),
    }).hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: times.hidden });
  });

  it('keeps what failed five times for 14 days', () => {
    const template = templateOf();
    const deadLetters = Object.keys(
      template.findResources('AWS::SQS::Queue', { Properties: { MessageRetentionPeriod: 14 * 24 * 3600 } }),
    );
    expect(deadLetters).toHaveLength(1);
    template.hasResourceProperties('AWS::SQS::Queue', {
      RedrivePolicy: {
        maxReceiveCount: 5,
        deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters[0], 'Arn'] },
      },
    });
  });

  it('encrypts both queues and refuses both without TLS', () => {
    const template = templateOf();
    template.resourceCountIs('AWS::SQS::Queue', 2);
    template.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
    template.resourceCountIs('AWS::SQS::QueuePolicy', 2);
    template.allResourcesProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Action: 'sqs:*',
            Principal: { AWS: '*' },
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    });
  });

  it('logs to a group of its own, kept two weeks and gone with the stack', () => {
    const template = templateOf();
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 14 },
      DeletionPolicy: 'Delete',
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      LoggingConfig: { LogGroup: { Ref: only(template, 'AWS::Logs::LogGroup').id } },
    });
  });

  it('may read its queue and write its log, and nothing else', () => {
    const template = templateOf();
    expect(only(template, 'AWS::IAM::Role').properties).not.toHaveProperty('ManagedPolicyArns');
    expect(only(template, 'AWS::IAM::Policy').properties).toMatchObject({
      PolicyDocument: {
        Statement: [
          { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] },
          {
            Action: [
              'sqs:ChangeMessageVisibility',
              'sqs:DeleteMessage',
              'sqs:GetQueueAttributes',
              'sqs:GetQueueUrl',
              'sqs:ReceiveMessage',
            ],
          },
        ],
      },
    });
  });

  it('refuses a batch that Lambda would not gather', () => {
    expect(() => templateOf({ batchSize: 11, batchingWindow: Duration.seconds(0) })).toThrow(
      'A batch of 11 messages needs a batching window of at least 1 second, not 0',
    );
  });

  it.each([
    ['AWS::Lambda::Function', 'FunctionName'],
    ['AWS::SQS::Queue', 'QueueName'],
    ['AWS::IAM::Role', 'RoleName'],
    ['AWS::Logs::LogGroup', 'LogGroupName'],
  ])('leaves the name of its %s to CloudFormation, so that it can be deployed twice', (type, name) => {
    templateOf().allResourcesProperties(type, { [name]: Match.absent() });
  });
});
