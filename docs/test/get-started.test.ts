import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { sqsRecord } from '@parallel-lambda/event-sources';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { blocksUnder, type CodeBlock } from './documents.ts';

type Handler = (event: object, context: object) => Promise<unknown>;

const page = 'docs/get-started.md';
const folder = path.join(import.meta.dirname, '../test-output/get-started');
const powertools = blocksUnder(page, 'From Powertools batch', 'ts');
const middy = blocksUnder(page, 'From middy', 'ts');
const loop = blocksUnder(page, 'From `Promise.all`', 'ts');
const effect = blocksUnder(page, 'From `@effect-aws/lambda`', 'ts');
const pairs = [
  ['Powertools', powertools[0], powertools[1]],
  ['middy', middy[0], middy[1]],
  ['Promise.all', loop[0], loop[1]],
  ['the same in Effect', loop[0], effect[0]],
] as const;

const service = createServer(({ url }, response) => {
  response.writeHead(url === '/broken' ? 500 : 200).end();
});

beforeAll(async () => {
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  mkdirSync(folder, { recursive: true });
});

afterAll(() => {
  service.close();
  rmSync(folder, { recursive: true });
});

it.each(pairs)('before and after %s, a batch has the same response', async (_, before, after) => {
  vi.spyOn(console, 'error').mockReturnValue();
  vi.spyOn(console, 'warn').mockReturnValue();
  const expected = { batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm3' }] };
  expect(await answer(before)).toEqual(expected);
  expect(await answer(after)).toEqual(expected);
});

it('from Powertools at most five lines change', () => {
  const [before, after] = [lines(powertools[0]), lines(powertools[1])];
  const changed = after.filter((line) => !before.includes(line));
  expect(changed.length).toBeGreaterThan(0);
  expect(changed.length).toBeLessThanOrEqual(5);
});

async function answer(block: CodeBlock | undefined): Promise<unknown> {
  const file = path.join(folder, `line-${block?.line ?? 0}.ts`);
  writeFileSync(file, block?.code ?? '');
  const { handler } = (await import(file)) as { handler: Handler };
  const { port } = service.address() as AddressInfo;
  const Records = ['/', '/broken', '/', '/broken'].map((route, index) =>
    sqsRecord({ messageId: `m${index}`, body: `http://127.0.0.1:${port}${route}` }),
  );
  return handler({ Records }, { getRemainingTimeInMillis: () => 10_000 });
}

function lines(block: CodeBlock | undefined): readonly string[] {
  return block?.code.split('\n') ?? [];
}
