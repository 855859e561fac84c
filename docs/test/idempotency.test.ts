import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { CreateTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { sqsRecord } from '@parallel-lambda/event-sources';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';

import { blocksUnder } from './documents.ts';

type Handler = (event: object, context: object) => Promise<unknown>;

const TableName = 'idempotency';
const folder = path.join(import.meta.dirname, '../test-output/idempotency');
const dynalite = createRequire(import.meta.url)('dynalite') as (options: object) => Server;
const database = dynalite({ createTableMs: 0 });

/** The bodies of the requests that the service received. */
const orders: string[] = [];
let isBroken = false;
const service = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => (body += text));
  request.on('end', () => {
    orders.push(body);
    response.writeHead(isBroken ? 500 : 200).end();
  });
});
let handler: Handler;
let client: DynamoDBClient;

beforeAll(async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', await listening(database));
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  await listening(service);
  client = new DynamoDBClient();
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'handler.ts');
  writeFileSync(file, blocksUnder('docs/idempotency.md', 'Use Powertools', 'ts')[0]?.code ?? '');
  ({ handler } = (await import(file)) as { handler: Handler });
});

beforeEach(() => {
  orders.length = 0;
  isBroken = false;
  vi.spyOn(console, 'error').mockReturnValue();
});

afterAll(() => {
  client.destroy();
  service.close();
  database.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('processes a message once, also if it is redelivered', async () => {
  await deliver('m1', 'order-1');
  expect(await deliver('m1', 'order-1', 2)).toEqual({ batchItemFailures: [] });
  expect(orders).toEqual(['order-1']);
});

it('processes an order once that the sender has sent twice', async () => {
  await deliver('m2', 'order-2');
  expect(await deliver('m3', 'order-2')).toEqual({ batchItemFailures: [] });
  expect(orders).toEqual(['order-2']);
});

it('retries an order that failed', async () => {
  isBroken = true;
  expect(await deliver('m4', 'order-4')).toEqual({ batchItemFailures: [{ itemIdentifier: 'm4' }] });
  isBroken = false;
  expect(await deliver('m4', 'order-4', 2)).toEqual({ batchItemFailures: [] });
  expect(orders).toEqual(['order-4', 'order-4']);
});

it('lets an order expire at the timeout of its invocation while it is in progress', async () => {
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  expect(Items.length).toBeGreaterThan(0);
  const warnings = vi.spyOn(console, 'warn').mockReturnValue();
  await deliver('m5', 'order-5');
  // Powertools warns if it does not see the context of the invocation.
  expect(warnings).not.toHaveBeenCalled();
});

async function deliver(messageId: string, order: string, receiveCount = 1): Promise<unknown> {
  const { port } = service.address() as AddressInfo;
  const body = JSON.stringify({ id: order, url: `http://127.0.0.1:${port}/` });
  const record = sqsRecord({ messageId, body, receiveCount });
  return handler({ Records: [record] }, { getRemainingTimeInMillis: () => 10_000 });
}

/** Lets a server listen on a free port, and returns its URL. */
async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
