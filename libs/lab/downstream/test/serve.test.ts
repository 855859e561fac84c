import { expect, it } from 'vitest';

import { serveDownstream, type ServiceModel } from '../src/index.ts';

const model: ServiceModel = { name: 'full', text: '', latencyMs: () => 0 };

it('a served service answers any request', async () => {
  await using service = await serveDownstream(model);
  const response = await fetch(`${service.url}/orders/1`, { method: 'POST', body: '{}' });
  expect([response.status, await response.json()]).toEqual([200, {}]);
});

it('a served service without a free place rejects with 429', async () => {
  await using service = await serveDownstream({ ...model, capacity: () => 0, maxQueue: 0 });
  expect((await fetch(service.url)).status).toBe(429);
});
