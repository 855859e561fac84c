import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';

import { expect, it, vi } from 'vitest';

import { listenToThread } from '../src/host/listen-to-thread.ts';
import type { FromThread } from '../src/shared/thread-task.ts';

it('logs the lines of a thread in the async context of the invocation that the task belongs to', async () => {
  const invocation = new AsyncLocalStorage<string>();
  const logged: unknown[] = [];
  vi.spyOn(console, 'info').mockImplementation((...args: unknown[]) => {
    logged.push([invocation.getStore(), ...args]);
  });
  const tasks = ['first', 'second'].map((name) =>
    invocation.run(name, () => {
      const { port1: here, port2: there } = new MessageChannel();
      return {
        here,
        there,
        end: listenToThread(here, {
          sendRecords: () => undefined,
          onFailed: () => undefined,
          onIdle: () => undefined,
          logger: console,
        }),
      };
    }),
  );

  for (const { here, there } of tasks) {
    const heard = once(here, 'message');
    there.postMessage({ log: ['info', [{ value: 'line' }]] } satisfies FromThread);
    await heard;
  }
  for (const { end } of tasks) end();

  expect(logged).toEqual([
    ['first', 'line'],
    ['second', 'line'],
  ]);
});
