import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ServiceMap } from '@parallel-lambda/local-stack/server';
import { expect, it } from 'vitest';

import { runLab } from '../../test/run-lab.ts';
import { builtFunctions } from '../built-functions.ts';
import { changedAssembly } from '../serve/changed-assembly.ts';
import { LabProcess } from './lab-process.ts';

const names = builtFunctions.map(({ name }) => name);
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

it('lab serve --json prints a line when the stack is ready and one per invocation, and leaves no process after Ctrl-C', async () => {
  await using lab = new LabProcess(['serve', '--json', '--port', '0', '--window', '0']);
  const up = (await lab.line()) as ServiceMap;
  expect(Object.keys(up.functions)).toEqual(names);
  const { queueUrl, deadLetterQueueUrl } = up.functions.promises ?? {};
  expect(queueUrl).toBe(`${up.endpoint}/000000000000/promises-Queue`);
  expect(deadLetterQueueUrl).toBe(`${up.endpoint}/000000000000/promises-DeadLetterQueue`);
  const client = new SQSClient({ endpoint: up.endpoint, region: 'us-east-1', credentials });
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: '{"wait":1}' }));
  client.destroy();
  await expect(lab.line()).resolves.toMatchObject({
    function: 'promises',
    origin: 'mapping',
    status: 'success',
    messages: 1,
    failed: 0,
    durationMs: expect.any(Number) as number,
  });
  expect(lab.logs).toEqual([expect.stringContaining('MessagesSucceeded')]);
  await expect(lab.end('SIGINT')).resolves.toBe(0);
  expect(lab.stderr).not.toContain('Error');
  await expect(fetch(up.endpoint)).rejects.toThrow('fetch failed');
});

it('reports that its port is in use, and how to set another', async () => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const { code, stdout, stderr } = await runLab(['serve', '--port', String(port)]);
  server.close();
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(
    `lab: Port ${port} is in use: choose another with --port, or --port 0 for a free port\n`,
  );
});

it('reports what several invocations at a time in an environment need', async () => {
  const { code, stdout, stderr } = await runLab(['serve', '--port', '0', '--per-environment', '4']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe('lab: Several invocations at a time in one environment need the runtime aws\n');
});

it('lists unserved resources of a template, and refuses a stack without functions', async () => {
  await using assembly = await changedAssembly((resources) => {
    for (const [logicalId, { Type: type }] of Object.entries(resources)) {
      if (type.startsWith('AWS::Lambda::')) Reflect.deleteProperty(resources, logicalId);
    }
    resources.Bucket = { Type: 'AWS::S3::Bucket', Properties: {} };
  });
  const { folder } = assembly;
  const { code, stdout, stderr } = await runLab(['serve', '--port', '0', '--assembly', folder, '--verbose']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe(
    'lab: Bucket (AWS::S3::Bucket) is skipped: it is of a type that is not served here\n' +
      `lab: No stack in ${folder} has a function that can run here\n`,
  );
});

it('reports that a folder has no synthesized stack', async () => {
  const { code, stderr } = await runLab(['serve', '--port', '0', '--assembly', import.meta.dirname]);
  expect(code).toBe(2);
  expect(stderr).toContain(
    `'${import.meta.dirname}' is invalid. It must be a folder that cdk synth, sam build or serverless package has written, or a template file.`,
  );
});
