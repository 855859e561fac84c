import { AsyncLocalStorage } from 'node:async_hooks';
import { execFileSync } from 'node:child_process';

import { describe, expect, it } from 'vitest';

import { WorkNotRunError } from '../../src/index.ts';
import { contextOf, isolated, isolation, perform, type BatchMessage } from '../../src/technique/index.ts';
import { batchOf } from '../batch-of.ts';

const context = contextOf({}, new AbortController().signal);
const [message] = batchOf('a').messages as [BatchMessage];

describe('performing work', () => {
  it('ends when the promise of the work is fulfilled', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    let ended = false;
    const performing = perform(() => promise, message, context)?.then(() => {
      ended = true;
    });
    await new Promise(setImmediate);
    expect(ended).toBe(false);
    resolve(undefined);
    await performing;
    expect(ended).toBe(true);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
  ])('rejects when the work %s', async (_, work) => {
    await expect(async () => perform(work, message, context)).rejects.toThrow('no');
  });

  it('rejects when the work returns an unexecuted value, also through a promise or a thenable', async () => {
    const notRun = (): unknown => () => undefined;
    const works = [
      notRun,
      () => Promise.resolve(notRun()),
      () => ({
        then: (resolve: (value: unknown) => void) => {
          resolve(notRun());
        },
      }),
    ];
    for (const work of works) {
      await expect(perform(work as () => undefined, message, context)).rejects.toThrow(WorkNotRunError);
    }
  });
});

describe('the asynchronous context of work', () => {
  const store = new AsyncLocalStorage<string>();
  const enters = (seen: unknown[], name: string) => async (): Promise<void> => {
    seen.push(store.getStore());
    store.enterWith(name);
    await Promise.resolve();
    seen.push(store.getStore());
  };

  it('leaks neither to the next message nor to the caller', async () => {
    for (const ofBatch of [undefined, isolation()]) {
      const seen: unknown[] = [];
      await perform(enters(seen, 'first'), message, context, ofBatch);
      await perform(enters(seen, 'second'), message, context, ofBatch);
      expect(seen).toEqual([undefined, 'first', undefined, 'second']);
      expect(store.getStore()).toBeUndefined();
    }
  });

  it.each([[], ['--no-async-context-frame']])('leaks nowhere in Node.js %s', (...flags) => {
    const program = `
      import { AsyncLocalStorage } from 'node:async_hooks';
      import { isolation } from ${JSON.stringify(import.meta.resolve('../../src/technique/isolation.ts'))};
      const store = new AsyncLocalStorage();
      const ofBatch = isolation();
      const seen = ['first', 'second'].map((name) => ofBatch.runInAsyncScope(() => {
        const before = store.getStore();
        store.enterWith(name);
        return before;
      }));
      console.log(JSON.stringify([...seen, store.getStore()]));`;
    const printed = execFileSync(process.execPath, [...flags, '--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    expect(JSON.parse(printed)).toEqual([null, null, null]);
  });

  it('does not leak where the work returns immediately', () => {
    isolated(() => {
      store.enterWith('entered');
    });
    expect(store.getStore()).toBeUndefined();
  });

  it("starts with the caller's stores", async () => {
    const seen: unknown[] = [];
    await store.run('caller', () => perform(enters(seen, 'first'), message, context));
    expect(seen).toEqual(['caller', 'first']);
  });
});
