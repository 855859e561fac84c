import { once } from 'node:events';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { FunctionDefinition } from '@parallel-lambda/local-lambda';
import type { Assembly } from '@parallel-lambda/local-stack';
import { expect, it } from 'vitest';

import type { Case } from '../src/case.ts';
import { measure, type Series } from '../src/measure.ts';

/** Reports whose invocation it is and which of its environment, and responds with the number of failures in the event. */
const handler = `let invocations = 0;
export const handler = async ({ log, failures }) => {
  console.log('"pid":' + process.pid);
  await fetch(log + process.env.COMPETITOR + ++invocations);
  return { batchItemFailures: Array(failures).fill({ itemIdentifier: 'a' }) };
};
`;

/** Measures two competitors, and tells in which order they were invoked: `a1` is the first of an environment of `a`. */
async function invocationsOf(
  one: Partial<Case>,
  failures = 0,
): Promise<{ readonly series: readonly Series[]; readonly invocations: readonly string[] }> {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'bench-'));
  await writeFile(path.join(folder.path, 'handler.mjs'), handler);
  const invocations: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    invocations.push(url.slice(1));
    response.end();
  });
  await using closing = new AsyncDisposableStack();
  closing.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const log = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const series = await measure(
    {
      name: 'a case',
      batch: '',
      event: () => ({ log, failures }),
      competitors: ['a', 'b'].map((name) => ({
        name,
        function: 'any',
        environment: { COMPETITOR: name },
        ...(name === 'b' && { peer: true }),
      })),
      targets: [],
      ...one,
    },
    { assembly: assemblyOf(folder.path), memoryMb: 512, runs: 3, seed: 1, server: '' },
  );
  return { series, invocations };
}

function assemblyOf(codeFolder: string): Assembly {
  const any: FunctionDefinition = {
    name: 'any',
    logicalId: 'Any',
    codeFolder,
    handler: 'handler.handler',
    runtime: 'nodejs24.x',
    architecture: 'x86_64',
    memoryMb: 512,
    timeoutSeconds: 10,
    environment: {},
    logFormat: 'Text',
    notes: [],
  };
  return { folder: codeFolder, functions: [any], skipped: [] };
}

it('has each competitor once a round, in an order drawn anew, after those invocations that do not count', async () => {
  const { series, invocations } = await invocationsOf({ warmUps: 2 });
  expect(invocations.slice(0, 4)).toEqual(['a1', 'a2', 'b1', 'b2']);
  const rounds = [0, 1, 2].map((round) => invocations.slice(4 + 2 * round, 6 + 2 * round));
  expect(rounds.map((round) => round.toSorted())).toEqual([
    ['a3', 'b3'],
    ['a4', 'b4'],
    ['a5', 'b5'],
  ]);
  expect(new Set(rounds.map(([first]) => first?.[0]))).toEqual(new Set(['a', 'b']));
  expect(series).toEqual([
    { competitor: 'a', durationsMs: [expect.any(Number), expect.any(Number), expect.any(Number)] },
    {
      competitor: 'b',
      peer: true,
      durationsMs: [expect.any(Number), expect.any(Number), expect.any(Number)],
    },
  ]);
});

it('does not count the first of several invocations in a row', async () => {
  const { series, invocations } = await invocationsOf({ warmUps: 0, inARow: 3, runs: 2 });
  expect(invocations.map((invocation) => invocation[0]).join('')).toMatch(/^(aaabbb|bbbaaa){2}$/);
  expect(series.map(({ durationsMs }) => durationsMs.length)).toEqual([4, 4]);
});

it('starts a new environment for every cold start', async () => {
  const { series, invocations } = await invocationsOf({ cold: true });
  expect(invocations.toSorted()).toEqual(['a1', 'a1', 'a1', 'b1', 'b1', 'b1']);
  expect(series.map(({ durationsMs }) => durationsMs.length)).toEqual([3, 3]);
});

it.for([{}, { cold: true }])(
  'ends what it started where an invocation answers otherwise, %o',
  async (one) => {
    const failure: unknown = await invocationsOf(one, 1).catch((error: unknown) => error);
    const pid = Number(/"pid":(\d+)/.exec(String(failure))?.[1]);
    expect(pid).toBeGreaterThan(0);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  },
);

it('counts no invocation that answers otherwise than it should', async () => {
  await expect(invocationsOf({ failures: 1 })).rejects.toThrow('did not answer with 1 failures');
  await expect(invocationsOf({}, 1)).rejects.toThrow('did not answer with 0 failures');
  const { series } = await invocationsOf({ failures: 2, runs: 1 }, 2);
  expect(series.map(({ durationsMs }) => durationsMs.length)).toEqual([1, 1]);
});
