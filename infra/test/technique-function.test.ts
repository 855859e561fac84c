import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';

import cdk from '../cdk.json' with { type: 'json' };
import { readSettings } from '../src/settings/read-settings.ts';
import type { Context } from '../src/settings/read-values.ts';
import { TechniqueFunction } from '../src/technique-function.ts';
import { FakeWorkspace } from './fake-workspace.ts';

/** Returns a technique with the settings of a context. */
function techniqueOf(context: Context = {}): TechniqueFunction {
  using workspace = new FakeWorkspace({ 'dist/handler.js': 'a function' });
  const stack = new Stack(new App({ context: cdk.context }));
  const settings = readSettings(context);
  return new TechniqueFunction(stack, 'technique', { code: workspace.resolve('dist'), settings });
}

/** Returns its template. */
function templateOf(context: Context = {}): Template {
  return Template.fromStack(Stack.of(techniqueOf(context)));
}

/** Returns the only resource of a type. */
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

  it('has the settings of its context', () => {
    const template = templateOf({
      memory: '1769',
      timeout: '20',
      architecture: 'x86_64',
      workers: '4',
      threads: '2',
      batchSize: '10',
      window: '0',
      concurrency: '20',
      removalPolicy: 'retain',
      logFormat: 'text',
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      MemorySize: 1769,
      Timeout: 20,
      Architectures: ['x86_64'],
      Environment: { Variables: { WORKERS: '4', THREADS: '2' } },
      LoggingConfig: { LogFormat: 'Text' },
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      ScalingConfig: { MaximumConcurrency: 20 },
    });
    template.allResources('AWS::SQS::Queue', { DeletionPolicy: 'Retain' });
    template.hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Retain' });
  });

  it('limits the concurrency by the mapping, and reserves none of the account’s', () => {
    const template = templateOf();
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      ScalingConfig: { MaximumConcurrency: 3 },
    });
    template.hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: Match.absent() });
  });

  it('reads its queue in batches of 100 and reports failed messages', () => {
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
  ])(
    'has a visibility timeout of $hidden s for a timeout of $timeout s and a window of $window s',
    (times) => {
      const { timeout, window } = times;
      templateOf({ timeout, window }).hasResourceProperties('AWS::SQS::Queue', {
        VisibilityTimeout: times.hidden,
      });
    },
  );

  it('fails the synthesis with a shorter visibility timeout', () => {
    const technique = techniqueOf();
    const queue = technique.node.findChild('Queue').node.defaultChild as CfnQueue;
    queue.visibilityTimeout = 180;
    expect(() => Template.fromStack(Stack.of(technique))).toThrow(
      /visibility timeout of Default\/technique\/Queue is 180 s, but must be at least 181 s: six times the function's timeout of 30 s plus the batching window of 1 s/,
    );
  });

  it('keeps messages that failed five times for 14 days', () => {
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

  it('logs to a separate group, which is kept for two weeks and deleted with the stack', () => {
    const template = templateOf();
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 14 },
      DeletionPolicy: 'Delete',
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      LoggingConfig: { LogGroup: { Ref: only(template, 'AWS::Logs::LogGroup').id } },
    });
  });

  it('may only read its queue and write its log', () => {
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

  it.each([
    ['sqs', Match.absent()],
    ['fifo', true],
  ])('has a parking queue when it is asked for, that of %s as one of its kind', (source, FifoQueue) => {
    const template = templateOf({ source, parking: 'on' });
    const url = { Ref: Match.stringLikeRegexp('ParkingQueue') };
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { PARKING_QUEUE_URL: url } },
    });
    const [id = ''] = Object.keys(template.findResources('AWS::SQS::Queue')).filter((name) =>
      name.includes('ParkingQueue'),
    );
    template.hasResourceProperties('AWS::SQS::Queue', { FifoQueue, MessageRetentionPeriod: 1_209_600 });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
            Resource: { 'Fn::GetAtt': [id, 'Arn'] },
          }),
        ]),
      },
    });
  });

  it('is traced only if tracing is on', () => {
    const traced = templateOf({ tracing: 'on' });
    traced.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
    templateOf().hasResourceProperties('AWS::Lambda::Function', { TracingConfig: Match.absent() });
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
