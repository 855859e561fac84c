import { describe, expect, it, onTestFinished } from 'vitest';

import { WorkNotRunError } from '../../src/index.ts';
import { checkReturned } from '../../src/technique/index.ts';
import { failure, failures, reports, secret, toRun, withMethods } from './returned-values.ts';

function checking(value: unknown): () => void {
  return () => {
    checkReturned(value);
  };
}

describe('work has not done anything when it returns', () => {
  it.each(Object.entries(toRun))('%s', (_, [value, named]) => {
    expect(checking(value)).toThrow(WorkNotRunError);
    expect(checking(value)).toThrow(`The work returned ${named}`);
    expect(checking(value)).not.toThrow(secret);
    expect(checking([1, value])).toThrow(`The work returned an array with ${named}`);
  });

  it('finds them in nested arrays', () => {
    expect(checking([[], [[Promise.resolve(secret)]]])).toThrow(
      'an array with an array with an array with a promise',
    );
  });
});

describe('an Observable', () => {
  it('is recognized by Symbol.observable, where a library has defined it', () => {
    const symbol = Symbol('observable');
    Object.defineProperty(Symbol, 'observable', { value: symbol, configurable: true });
    onTestFinished(() => {
      Reflect.deleteProperty(Symbol, 'observable');
    });
    expect(checking({ ...withMethods('subscribe', symbol) })).toThrow(WorkNotRunError);
    checkReturned(withMethods('subscribe'));
  });
});

describe('work returns a failure instead of throwing it', () => {
  it.each(Object.entries(failures))('%s: the message fails with it', (_, value) => {
    expect(checking(value)).toThrow(failure);
    expect(checking([1, [undefined, value]])).toThrow(failure);
  });

  it.each(Object.entries(reports))('%s: the error names the place, not the content', (_, [value, place]) => {
    const expected = `The work returned a response with ${place}. Throw an error, or return nothing.`;
    expect(checking(value)).toThrow(expected);
    expect(checking([new Response(), value])).toThrow(expected);
    expect(checking(value)).not.toThrow(WorkNotRunError);
    expect(checking(value)).not.toThrow(secret);
  });

  it('has the status, for adaptive workers', () => {
    expect(checking(new Response(null, { status: 429 }))).toThrow(
      expect.objectContaining({ status: 429 }) as Error,
    );
  });

  it('takes any rejected entry of Promise.allSettled for a failure', () => {
    expect(checking([{ status: 'fulfilled' }, { status: 'rejected', reason: 'a text' }])).toThrow('a text');
  });
});

describe('promises that are not awaited', () => {
  it('do not end the process when they reject', async () => {
    const unhandled: unknown[] = [];
    const listener = (error: unknown): void => {
      unhandled.push(error);
    };
    process.on('unhandledRejection', listener);
    const [one, two, three, four, five] = Array.from({ length: 5 }, () => Promise.reject(failure));
    const unreadable = {
      three,
      get before(): never {
        throw new Error('touched');
      },
      four,
    };
    const array = Object.defineProperty([five], 1, {
      get: () => {
        throw new Error('touched');
      },
    });
    expect(checking([1, [one], two, unreadable, array])).toThrow(WorkNotRunError);
    await new Promise(setImmediate);
    process.off('unhandledRejection', listener);
    expect(unhandled).toEqual([]);
  });
});

describe('an object that cannot be read everywhere', () => {
  const touched = (): never => {
    throw new Error('touched');
  };
  const values: readonly (readonly [string, object])[] = Object.entries({
    ...failures,
    ...Object.fromEntries(Object.entries({ ...toRun, ...reports }).map(([name, [value]]) => [name, value])),
  }).flatMap(([name, value]) => (value ? [[name, value]] : []));

  /** Returns all names that the check reads from any of the values. */
  function namesRead(): ReadonlySet<PropertyKey> {
    const names = new Set<PropertyKey>();
    const get = (value: object, name: PropertyKey): unknown => {
      names.add(name);
      return Reflect.get(value, name);
    };
    for (const [, value] of values) expect(checking(new Proxy(value, { get }))).toThrow();
    return names;
  }

  it('is recognized by its other properties, whichever one throws', () => {
    const names = namesRead();
    expect(names.size).toBeGreaterThan(40);
    for (const [what, value] of values) {
      for (const name of names) {
        if (name in value) continue;
        const get = (_: object, read: PropertyKey): unknown =>
          read === name ? touched() : Reflect.get(value, read);
        expect(checking(new Proxy(value, { get })), `${what} with ${String(name)}`).toThrow(Error);
        expect(checking(new Proxy(value, { get })), `${what} with ${String(name)}`).not.toThrow('touched');
      }
    }
  });

  it.each(values.filter(([name]) => name !== 'a Failure of Effect 4'))(
    'is recognized although the operator `in` throws: %s',
    (_, value) => {
      const proxy = new Proxy(value, { has: touched, get: (_, name): unknown => Reflect.get(value, name) });
      expect(checking(proxy)).toThrow();
      expect(checking(proxy)).not.toThrow('touched');
    },
  );

  it.each(['get', 'has', 'ownKeys', 'getPrototypeOf'] as const)(
    'is data if nothing says more: %s',
    (trap) => {
      checkReturned(new Proxy({}, { [trap]: touched }));
      checkReturned([new Proxy({}, { [trap]: touched })]);
    },
  );

  it('is data if it is a revoked proxy', () => {
    for (const target of [{}, []]) {
      const { proxy, revoke } = Proxy.revocable(target, {});
      revoke();
      checkReturned(proxy);
      expect(checking([proxy, () => undefined])).toThrow('an array with a function');
    }
  });
});
