import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { FunctionDefinition } from '@parallel-lambda/local-lambda';
import { spreadOf } from '@parallel-lambda/report';

import { StackServer } from '@parallel-lambda/local-stack/server';

/** What the endpoint adds to an empty function's own time, and how many such invocations it takes a second. */
const sequential = 500;
const loadMs = 10_000;
const clients = 4;

const durations: number[] = [];
await using folder = await emptyFunction();
await using server = await StackServer.start(
  { assembly: { folder: folder.path, functions: [definition(folder.path)], skipped: [] }, stacks: [] },
  {
    port: 0,
    functionOptions: { concurrency: clients },
    onInvocation: ({ result }) => durations.push(result.report.durationMs),
    onError: console.error,
  },
);
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const client = new LambdaClient({ endpoint: server.endpoint, region: 'us-east-1', credentials });

/** @returns how long the client waited for it, in milliseconds */
async function invoke(): Promise<number> {
  const startedAt = performance.now();
  await client.send(new InvokeCommand({ FunctionName: 'empty', Payload: '{}' }));
  return performance.now() - startedAt;
}

for (let warming = 0; warming < 100; warming += 1) await invoke();
durations.length = 0;
const added: number[] = [];
for (let index = 0; index < sequential; index += 1) {
  const waitedMs = await invoke();
  added.push(waitedMs - (durations.at(-1) ?? 0));
}
const { median, max } = spreadOf(added);
console.log(
  `one after another: ${median.toFixed(2)} ms beside the function's own time (at most ${max.toFixed(1)} ms)`,
);
console.log(`  the function's own time: ${spreadOf(durations).median.toFixed(2)} ms`);

let invocations = 0;
const endsAt = performance.now() + loadMs;
await Promise.all(
  Array.from({ length: clients }, async () => {
    while (performance.now() < endsAt) {
      await invoke();
      invocations += 1;
    }
  }),
);
console.log(`${clients} clients: ${(invocations / (loadMs / 1000)).toFixed(0)} invocations a second`);
client.destroy();

async function emptyFunction(): Promise<AsyncDisposable & { readonly path: string }> {
  const created = await mkdtemp(path.join(tmpdir(), 'lab-'));
  await writeFile(path.join(created, 'handler.mjs'), 'export const handler = async () => null;\n');
  return { path: created, [Symbol.asyncDispose]: () => rm(created, { recursive: true }) };
}

function definition(codeFolder: string): FunctionDefinition {
  return {
    name: 'empty',
    logicalId: 'Empty',
    codeFolder,
    handler: 'handler.handler',
    runtime: 'nodejs24.x',
    architecture: 'x86_64',
    memoryMb: 1769,
    timeoutSeconds: 3,
    environment: {},
    logFormat: 'JSON',
    logLevel: 'INFO',
    notes: [],
  };
}
