import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { sqsRecord } from '@parallel-lambda/event-sources';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { codeBlocks } from './documents.ts';

type Handler = (event: object, context: object) => Promise<unknown>;

const folder = path.join(import.meta.dirname, '../test-output/durable-functions');

/** Executions by name, as Lambda keeps them. */
const executions = new Map<string, string>();

/** Lambda's Invoke, as far as executions have names. */
const lambda = createServer((request, response) => {
  let payload = '';
  request.setEncoding('utf8').on('data', (text: string) => (payload += text));
  request.on('end', () => {
    const name = String(request.headers['x-amz-durable-execution-name']);
    const existing = executions.get(name);
    executions.set(name, existing ?? payload);
    const isOther = existing !== undefined && existing !== payload;
    if (isOther) response.setHeader('x-amzn-errortype', 'DurableExecutionAlreadyStartedException');
    response.writeHead(isOther ? 409 : 202).end('{}');
  });
});

async function deliver(records: readonly { messageId: string; body: string }[]): Promise<unknown> {
  const [block] = codeBlocks('docs/durable-functions.md', 'ts');
  const file = path.join(folder, 'handler.ts');
  writeFileSync(file, block?.code ?? '');
  const { handler } = (await import(file)) as { handler: Handler };
  return handler({ Records: records.map(sqsRecord) }, { getRemainingTimeInMillis: () => 10_000 });
}

beforeAll(async () => {
  lambda.listen(0, '127.0.0.1');
  await once(lambda, 'listening');
  const { port } = lambda.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.spyOn(console, 'error').mockReturnValue();
  mkdirSync(folder, { recursive: true });
});

afterAll(() => {
  lambda.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('starts one execution per message, and no second one if the message is redelivered', async () => {
  const messages = [
    { messageId: 'a1', body: '{"order":1}' },
    { messageId: 'a2', body: '{"order":2}' },
  ];
  expect(await deliver(messages)).toEqual({ batchItemFailures: [] });
  expect(await deliver(messages)).toEqual({ batchItemFailures: [] });
  expect(Object.fromEntries(executions)).toEqual({ a1: '{"order":1}', a2: '{"order":2}' });
});

it('fails a message whose id another payload has used', async () => {
  const failed = await deliver([{ messageId: 'a1', body: '{"order":3}' }]);
  expect(failed).toEqual({ batchItemFailures: [{ itemIdentifier: 'a1' }] });
  expect(executions.get('a1')).toBe('{"order":1}');
});
