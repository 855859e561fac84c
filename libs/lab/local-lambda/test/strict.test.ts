import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LocalFunction, type LocalFunctionOptions } from '../src/index.ts';
import { definition } from './definition.ts';
import { runtimes } from './runtimes.ts';

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer(({ url: path }, response) => {
    if (path !== '/held') response.end('done');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe.for(runtimes)('strict mode on $name', ({ options, skip }) => {
  const start = (handler: string, more?: LocalFunctionOptions): LocalFunction =>
    new LocalFunction(definition('handlers', `leaking.${handler}`), { ...options, strict: true, ...more });

  it.skipIf(skip).for([
    ['timer', 'a timer of 60000 ms', 'timer'],
    ['interval', 'an interval of 1000 ms', 'interval'],
    ['work', 'a timer of 5000 ms', ''],
    ['fetch', 'a request: GET URL/held', 'fetch'],
    ['http', 'a request: GET URL/held', 'http'],
    ['process', expect.stringMatching(/^a child process \(\d+\)$/), 'process'],
    ['crypto', 'work of node:crypto', 'crypto'],
    ['server', 'a server', 'server'],
    ['busyThread', 'a thread that computes', 'thread'],
  ] as const)('names what was left running, and where it was started: %s', async ([leak, what, from]) => {
    await using leaking = start('leaking');
    const { leaks } = await leaking.invoke({ leak, url: `${url}/held` });
    expect(leaks).toEqual([
      {
        what: typeof what === 'string' ? what.replace('URL', url) : (what as unknown),
        where: expect.stringMatching(`${from}.*leaking\\.mjs:\\d+:\\d+`) as unknown,
        count: 1,
      },
    ]);
  });

  it.skipIf(skip)('names the main thread if it still computes', async () => {
    await using leaking = start('leaking', { overrides: { timeoutSeconds: 3 } });
    const { status, leaks } = await leaking.invoke({ leak: 'busy' });
    expect(status).toBe('success');
    expect(leaks).toEqual([{ what: 'the main thread, which is busy', count: 1 }]);
  });

  it.skipIf(skip)('names what a thread has left running', async () => {
    await using leaking = start('leaking');
    expect(await leaking.invoke({ leak: 'timerInThread' })).toMatchObject({
      leaks: [{ what: 'an interval of 2000 ms' }],
    });
  });

  it.skipIf(skip)('reports what an invocation left running, not what earlier ones did', async () => {
    await using leaking = start('leaking');
    await leaking.invoke({ leak: 'timer' });
    expect(await leaking.invoke({ leak: 'interval' })).toMatchObject({
      leaks: [{ what: 'an interval of 1000 ms' }],
    });
  });

  it.skipIf(skip)(
    'ignores an idle connection, a parked thread, a cleanup timer and resources of INIT',
    async () => {
      await using clean = start('clean');
      for (let n = 0; n < 3; n += 1) {
        expect(await clean.invoke({ url })).toMatchObject({ status: 'success', leaks: [] });
      }
    },
  );
});

it('the module of strict mode is not injected without it', async () => {
  await using flags = new LocalFunction(definition('handlers', 'handlers.flags'));
  const result = await flags.invoke({});
  expect(result).not.toHaveProperty('leaks');
  expect(result).toMatchObject({
    payload: expect.not.arrayContaining([expect.stringContaining('strict')]) as unknown,
  });
});

it('strict mode is refused for several invocations at a time', () => {
  const start = (): LocalFunction =>
    new LocalFunction(definition('handlers', 'leaking.clean'), {
      strict: true,
      runtime: 'aws',
      ...runtimes[1]?.options,
      maxConcurrency: 2,
    });
  if (!runtimes[1]?.skip) expect(start).toThrow('works on one invocation at a time');
});
