import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';

import { expect, it } from 'vitest';

import { functionResource, serveTemplate, type ServedTemplate } from './served-template.ts';

const code = (answer: string): string =>
  `export const handler = async () => [${JSON.stringify(answer)}, process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE];`;

const serveOrders = (): Promise<ServedTemplate> =>
  serveTemplate({ orders: functionResource('orders') }, { orders: code('first') });

it('a function is replaced when only its memory size has changed', async () => {
  await using served = await serveOrders();
  expect(await served.invoke('orders')).toEqual(['first', '256']);
  const { assembly } = await served.change({ orders: functionResource('orders', { MemorySize: 512 }) });
  expect(served.server.redeploy(assembly)).toEqual([{ function: 'orders', outcome: 'replaced' }]);
  expect(await served.invoke('orders')).toEqual(['first', '512']);
});

it('a function is replaced when it was built into the same folder', async () => {
  await using served = await serveOrders();
  expect(served.server.redeploy(served.read.assembly)).toEqual([]);
  expect(await served.invoke('orders')).toEqual(['first', '256']);
  await writeFile(path.join(served.folder, 'orders/index.mjs'), code('second'));
  expect(served.server.redeploy(served.read.assembly)).toEqual([{ function: 'orders', outcome: 'replaced' }]);
  expect(await served.invoke('orders')).toEqual(['second', '256']);
});

it.for([
  [{ MemorySize: 64 }, {}, 'from 128 to 10240, not 64'],
  [{ Timeout: 901 }, {}, 'from 1 to 900, not 901'],
  ...(availableParallelism() < 5
    ? [[{ MemorySize: 10_240 }, { limits: 'enforced' }, 'this machine has'] as const]
    : []),
] as const)(
  'a function that cannot run any more stays as it was: %j %j',
  async ([properties, options, reason]) => {
    await using served = await serveTemplate(
      { orders: functionResource('orders') },
      { orders: code('first') },
      { functionOptions: options },
    );
    const { assembly } = await served.change({ orders: functionResource('orders', properties) });
    expect(served.server.redeploy(assembly)).toEqual([
      { function: 'orders', outcome: 'refused', reason: expect.stringContaining(reason) as unknown },
    ]);
    expect(await served.invoke('orders')).toEqual(['first', '256']);
  },
);

it('a function that was added or removed is named', async () => {
  await using served = await serveOrders();
  const { assembly } = await served.change({ returns: functionResource('orders') });
  expect(served.server.redeploy(assembly)).toEqual([
    { function: 'returns', outcome: 'added' },
    { function: 'orders', outcome: 'removed' },
  ]);
  expect(await served.invoke('orders')).toEqual(['first', '256']);
});
