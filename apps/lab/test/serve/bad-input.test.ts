import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';

import { expect, it, vi } from 'vitest';

import { makeProgram } from '../../src/program.ts';
import { reportError } from '../../src/shared/report-error.ts';
import { runLab } from '../run-lab.ts';
import { makeProject, ordersTemplate } from './project.ts';

/** Runs `serve` in this process, which is fast: it fails before it serves. */
async function serveHere(...argv: readonly string[]): Promise<{ code: number; stderr: string }> {
  const spy = vi.spyOn(console, 'error').mockReturnValue();
  let code = 0;
  try {
    await makeProgram().parseAsync(['serve', ...argv], { from: 'user' });
  } catch (error) {
    code = reportError(error);
  }
  const stderr = spy.mock.calls.map(([line]) => String(line)).join('\n');
  spy.mockRestore();
  return { code, stderr };
}

const handler = 'exports.handler = async () => undefined;';

const cases: readonly (readonly [
  name: string,
  files: Readonly<Record<string, string>>,
  code: number,
  sentence: string,
])[] = [
  [
    'a template with a cycle',
    {
      'template.yaml': `
Resources:
  One: { Type: AWS::SQS::Queue, Properties: { QueueName: !GetAtt Two.QueueName } }
  Two: { Type: AWS::SQS::Queue, Properties: { QueueName: !GetAtt One.QueueName } }
`,
    },
    1,
    'its resources refer to each other in a cycle (One → Two → One). Remove one of these references.',
  ],
  [
    'an unknown intrinsic function',
    {
      'template.yaml':
        'Resources: { A: { Type: AWS::SQS::Queue, Properties: { QueueName: { Fn::Guess: a } } } }',
    },
    1,
    'it uses the unknown intrinsic function Fn::Guess.',
  ],
  [
    'code that was not built',
    { 'template.yaml': ordersTemplate },
    1,
    'Run cdk synth, sam build or your build step',
  ],
  [
    'TypeScript without a build step',
    { 'template.yaml': ordersTemplate, 'orders/index.ts': 'export const handler = async () => 1;' },
    1,
    'its handler index.handler is TypeScript that was not built. Run sam build or your build step, and serve its output',
  ],
  [
    'a handler that does not exist',
    { 'template.yaml': ordersTemplate, 'orders/app.js': handler },
    1,
    'its handler index.handler is missing: there is no index.js, .mjs or .cjs in ',
  ],
  [
    'two functions of one name',
    {
      'template.yaml': ordersTemplate.replace('Timeout: 10', 'FunctionName: orders').concat(`
  Again: { Type: AWS::Lambda::Function, Properties: { FunctionName: orders, Runtime: nodejs24.x } }
`),
      'orders/index.js': handler,
    },
    1,
    'cannot be deployed: Orders and Again have the same FunctionName, orders. Give each a different one.',
  ],
  [
    'a runtime that is not Node.js',
    { 'template.yaml': ordersTemplate.replace('nodejs24.x', 'python3.13'), 'orders/index.js': handler },
    1,
    'Orders is not served: it runs on python3.13, not on Node.js',
  ],
  [
    'YAML that is not valid',
    { 'template.yaml': 'Resources:\n  Orders:\n    Type: "AWS::SQS::Queue\n' },
    1,
    'template.yaml is not valid YAML: Missing closing "quote at line 4, column 1',
  ],
  ['JSON that is not valid', { 'template.json': '{"Resources":' }, 1, 'template.json is not valid JSON: '],
];

it.each(cases)('%s is one sentence', async (_, files, expected, sentence) => {
  await using project = await makeProject(files);
  const { code, stderr } = await serveHere('--assembly', project.folder);
  expect(stderr.split('\n').filter((line) => line.includes(sentence))).toHaveLength(1);
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(code).toBe(expected);
});

it('a folder without a stack is one sentence', async () => {
  await using project = await makeProject({ 'readme.md': '' });
  const { code, stderr } = await runLab(['serve', '--assembly', project.folder]);
  expect(stderr).toContain(
    'It must be a folder that cdk synth, sam build or serverless package has written, or a template file.',
  );
  expect(code).toBe(2);
});

it('a port in use is reported in one sentence', async () => {
  await using project = await makeProject({ 'template.yaml': ordersTemplate, 'orders/index.js': handler });
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const template = path.join(project.folder, 'template.yaml');
  const { code, stderr } = await serveHere('--port', String(port), '--assembly', template);
  server.close();
  expect(stderr).toContain(`Port ${port} is in use: choose another with --port, or --port 0 for a free port`);
  expect(code).toBe(2);
});
