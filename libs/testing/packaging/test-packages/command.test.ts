import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { Project } from './project.ts';

const tarball = path.resolve(import.meta.dirname, '../../../../out/packages/parallel-lambda.tgz');

/** A project of AWS SAM whose function leaves the AWS SDK to the runtime. */
const template = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Incoming: { Type: AWS::SQS::Queue }
  Next: { Type: AWS::SQS::Queue }
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: orders
      Runtime: nodejs24.x
      Handler: index.handler
      Timeout: 20
      Environment: { Variables: { NEXT: !Ref Next } }
      Events:
        In: { Type: SQS, Properties: { Queue: !GetAtt Incoming.Arn } }
`;
const handler = `
const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
require('@aws-sdk/client-s3');
require('@aws-sdk/lib-dynamodb');
const client = new SQSClient({});
exports.handler = async ({ Records }) => {
  for (const { body } of Records) {
    await client.send(new SendMessageCommand({ QueueUrl: process.env.NEXT, MessageBody: body }));
  }
};
`;

let project: Project;

beforeAll(async () => {
  project = await Project.create();
  await project.write('package.json', { name: 'orders', private: true });
  await project.run('npm', 'install', tarball, '--prefer-offline', '--no-audit', '--no-fund');
  await project.write('template.yaml', template);
  await project.write('orders/index.js', handler);
}, 300_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  await project[Symbol.asyncDispose]();
});

it('the command is installed with its help and its version', async () => {
  expect(await project.run('npx', 'parallel-lambda', '--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(await project.run('npx', 'parallel-lambda', '--help')).toContain('Usage: parallel-lambda');
});

it('is a folder on disk in a project of Yarn, whose archives no function can read', async () => {
  const manifest = await readFile(project.path('node_modules/parallel-lambda/package.json'), 'utf8');
  expect(JSON.parse(manifest)).toMatchObject({ preferUnplugged: true });
});

it.each([
  [['plan', '--rate', '5'], 'The duration of a batch is missing. Pass --batch-ms MS, or'],
  [['compare'], 'The example functions are in the repository of Parallel Lambda only.'],
])('%j needs files of the repository, and explains how to continue without them', (args, expected) => {
  const program = project.path('node_modules/parallel-lambda/lib/main.js');
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: project.path('.'),
    encoding: 'utf8',
  });
  expect(stderr.replaceAll('\n', ' ')).toContain(expected);
  expect(status).toBe(2);
});

it('reports in one sentence that Node.js is too old', async () => {
  const program = project.path('node_modules/parallel-lambda/lib/main.js');
  const { status, stderr, stdout } = spawnSync(await nodeOf(20), [program, '--help'], { encoding: 'utf8' });
  expect(stderr).toMatch(/^parallel-lambda needs Node\.js 22\.12 or newer, this is 20\.\d+\.\d+\n$/);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
});

/** The program of Node.js of a version, which npx installs. */
async function nodeOf(major: number): Promise<string> {
  const args = ['--yes', '--package', `node@${major}`, '--', 'node', '-p', 'process.execPath'];
  // npm may warn of the install script of the package.
  return /^\/.*$/m.exec(await project.run('npx', ...args))?.[0] ?? '';
}

it.each([22, 24])(
  'a message is processed in another project by two commands on Node.js %i',
  async (major) => {
    const node = await nodeOf(major);
    const program = project.path('node_modules/parallel-lambda/lib/main.js');
    const server = spawn(node, [program, 'serve', '--port', '0', '--json'], { cwd: project.folder });
    try {
      const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
      const next = async () => JSON.parse(String((await lines.next()).value)) as Record<string, unknown>;
      const { endpoint } = await next();
      vi.stubEnv('AWS_ENDPOINT_URL', String(endpoint));
      vi.stubEnv('AWS_REGION', 'us-east-1');
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
      const sent = await project.run(node, program, 'send', 'Orders', '--messages', '1');
      expect(sent).toContain('1 of 1 messages sent');
      expect(await next()).toMatchObject({ function: 'Orders', status: 'success', messages: 1, failed: 0 });
    } finally {
      server.kill('SIGINT');
      await once(server, 'exit');
    }
  },
);
