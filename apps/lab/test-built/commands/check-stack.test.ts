import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runLab } from '../../test/run-lab.ts';
import { changedAssembly } from '../serve/changed-assembly.ts';

/** Reports what the service refuses, with 20 messages in flight. */
const handler = `
exports.handler = async ({ Records }, context) => {
  const signal = AbortSignal.timeout(context.getRemainingTimeInMillis() - 500);
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    const { id } = JSON.parse(body);
    const response = await fetch(\`https://orders.test/\${id}\`, { signal }).catch(() => ({ ok: false }));
    if (!response.ok) batchItemFailures.push({ itemIdentifier: messageId });
  }
  return { batchItemFailures };
};
exports.slow = async ({ Records }) => {
  const { setTimeout: sleep } = require('node:timers/promises');
  for (const record of Records) await sleep(100);
};
`;

/** A SAM template: each function with a queue and a mapping. */
const template = `
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: { Runtime: nodejs24.x, Timeout: 3, CodeUri: orders, Handler: index.handler }
Resources:
  DeadLetters: { Type: AWS::SQS::Queue }
  FifoDeadLetters: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true } }
  GoodQueue:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 19
      RedrivePolicy: { deadLetterTargetArn: !GetAtt DeadLetters.Arn, maxReceiveCount: 5 }
  Good:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        In:
          Type: SQS
          Properties: { Queue: !GetAtt GoodQueue.Arn, FunctionResponseTypes: [ReportBatchItemFailures] }
  BadQueue: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 17 } }
  Bad:
    Type: AWS::Serverless::Function
    Properties: { Events: { In: { Type: SQS, Properties: { Queue: !GetAtt BadQueue.Arn } } } }
  FifoQueue:
    Type: AWS::SQS::Queue
    Properties:
      FifoQueue: true
      RedrivePolicy: { deadLetterTargetArn: !GetAtt FifoDeadLetters.Arn, maxReceiveCount: 4 }
  Fifo:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        In:
          Type: SQS
          Properties: { Queue: !GetAtt FifoQueue.Arn, BatchSize: 20, FunctionResponseTypes: [ReportBatchItemFailures] }
  Slow:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.slow
      Events:
        In:
          Type: SQS
          Properties: { Queue: !GetAtt GoodQueue.Arn, BatchSize: 100, MaximumBatchingWindowInSeconds: 0 }
        Windowed:
          Type: SQS
          Properties: { Queue: !GetAtt GoodQueue.Arn, BatchSize: 100, MaximumBatchingWindowInSeconds: 1 }
`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stack-'));
  await mkdir(path.join(folder, 'orders'));
  await writeFile(path.join(folder, 'orders/index.js'), handler);
  await writeFile(path.join(folder, 'template.yaml'), template);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Checks a function of a stack, and returns its findings with their fixes. */
async function findings(name: string, assembly: string, ...args: readonly string[]) {
  const { code, stdout } = await runLab([
    'check',
    name,
    '--assembly',
    assembly,
    '--only',
    'response',
    ...args,
  ]);
  const text = stdout.replaceAll(/\s+/g, ' ');
  const found = [...text.matchAll(/(error|warning): (.*?) Sent: .*? Fix: (.*?\.)(?= |$)/g)];
  return { code, found: found.map(([, severity, title, fix]) => [severity, title, fix].join(' | ')) };
}

describe('lab check of a stack', { timeout: 60_000 }, () => {
  it('has no findings for a SAM template with the settings that AWS recommends', async () => {
    expect(await findings('Good', folder)).toEqual({ code: 0, found: [] });
  });

  it('finds the settings of a SAM template that lose or repeat messages', async () => {
    const { code, found } = await findings('Bad', folder);
    expect(found).toEqual([
      expect.stringMatching(/^error . BadIn ignores the response . Set FunctionResponseTypes/),
      expect.stringMatching(/^warning . The visibility timeout of BadQueue is short . Set .* to 18 seconds/),
      expect.stringMatching(/^warning . BadQueue has no dead-letter queue . Add a RedrivePolicy/),
    ]);
    expect(code).toBe(1);
  });

  it('finds a batch that a FIFO queue does not deliver, and a maxReceiveCount that is low', async () => {
    const { found } = await findings('Fifo', folder);
    expect(found).toEqual([
      expect.stringMatching(/^error . The batch size of FifoIn is too large . Set BatchSize to 10 or less/),
      expect.stringMatching(/^warning . The maxReceiveCount of FifoQueue is low . Set .* to 5 or more/),
    ]);
  });

  it('finds a batch that has no window, and one that takes longer than the timeout', async () => {
    const { found } = await findings('Slow', folder);
    expect(found).toEqual([
      expect.stringMatching(/^error . The batch size of SlowIn .* MaximumBatchingWindowInSeconds to 1/),
      expect.stringMatching(/^error . The batch size of SlowWindowed .* Set BatchSize to [12]?\d or less/),
    ]);
  });

  it('finds the same settings in a CDK assembly', async () => {
    await using assembly = await changedAssembly((resources) => {
      for (const { Type, Properties } of Object.values(resources)) {
        if (Type === 'AWS::Lambda::EventSourceMapping') delete Properties.FunctionResponseTypes;
        if (Type === 'AWS::SQS::Queue') Object.assign(Properties, { VisibilityTimeout: 30 });
        Object.assign(Properties.RedrivePolicy ?? {}, { maxReceiveCount: 3 });
      }
    });
    const body = '[{"fetch":"http://127.0.0.1:8080/{n}"}]';
    const { code, found } = await findings('promises', assembly.folder, '--body', body);
    expect(found).toEqual([
      expect.stringMatching(
        /^error . promises\w* ignores the response . .*CDK: reportBatchItemFailures: true/,
      ),
      expect.stringMatching(
        /^warning . The visibility timeout of promisesQueue\w* is short . .* 181 seconds/,
      ),
      expect.stringMatching(/^warning . The maxReceiveCount of promisesQueue\w* is low . Set/),
    ]);
    expect(code).toBe(1);
  });
});
