import { Readable, Writable } from 'node:stream';

import { GiveUp, RetryLater } from '@parallel-lambda/batch';

/** The message of every error that these actions throw. */
export const thrownMessage = 'failed on purpose';

/** Actions that fail their message, and no other. */
export const failingActions = {
  fail: () => Promise.reject(new Error(thrownMessage)),
  'give up': () => raise(new GiveUp(thrownMessage)),
  'ask for a later retry': () => raise(new RetryLater({ seconds: 5, cause: new Error(thrownMessage) })),
  'give up because of a cause': () => raise(new Error(thrownMessage, { cause: new GiveUp('the reason') })),
  'throw an error': () => raise(new Error(thrownMessage)),
  'throw undefined': () => raise(undefined),
  'reject with undefined': () => rejected(undefined),
  'reject with null': () => rejected(null),
  'throw false': () => raise(false),
  'throw a string': () => raise('a string'),
  'throw a symbol': () => raise(Symbol('thrown')),
  'throw a function': () => raise(() => undefined),
  'throw a frozen object': () => raise(Object.freeze({ frozen: true })),
  'throw a frozen error': () => raise(Object.freeze(new Error(thrownMessage))),
  'throw an object without prototype': () => raise(Object.create(null)),
  'throw what cannot be cloned': () => raise(Object.assign(new Error(thrownMessage), { map: new WeakMap() })),
  'throw an error that is its own cause': () => {
    const error = new Error(thrownMessage);
    error.cause = error;
    return raise(error);
  },
  'throw an error without a readable message': () =>
    raise(Object.defineProperty(new Error(), 'message', { get: () => raise(new Error('unreadable')) })),
  'throw an error without a name': () =>
    raise(Object.assign(new Error(thrownMessage), { name: undefined, stack: 7 })),
  'throw a proxy that throws on access': () => raise(throwingProxy()),
  'reject with a proxy that throws on access': () => rejected(throwingProxy()),
  'throw what looks like success': () => raise({ status: 'succeeded' }),
  'throw an abort error': () => raise(new DOMException('aborted by the work', 'AbortError')),
  'return a thenable that rejects': () => ({
    then: (_: unknown, reject: (error: unknown) => void) => {
      reject(new Error(thrownMessage));
    },
  }),
  'return a thenable that throws': () => ({
    then: () => raise(new Error(thrownMessage)),
  }),
  'return a function': () => () => undefined,
  'return a generator': function* () {
    yield undefined;
  },
  'return an async generator': async function* () {
    yield await Promise.resolve(1);
  },
  'return an iterator': () => new Map().values(),
  'return an Effect of version 3': () => effect3(),
  'return an Effect of an unknown version': () => ({ '~effect/Effect': 'an Effect' }),
  'be fulfilled with an Effect of version 3': () => Promise.resolve(effect3()),
  'be fulfilled with a function': () => Promise.resolve(() => undefined),
  'be fulfilled with Effects': () => Promise.resolve([effect3(), effect3()]),
  'return promises that are not awaited': () => [[], [Promise.resolve()]],
  'return a stream that is not finished': () => new Writable(),
  'return a stream that is not read': () => Promise.resolve(Readable.from(['text'])),
  'return an object with a promise': () => ({ saved: Promise.resolve() }),
  'return a promise that rejects, in an array': () => [Promise.reject(new Error(thrownMessage))],
  'return a timer': () => setTimeout(() => undefined, 1).unref(),
  'return an error': () => new Error(thrownMessage),
  'return what Promise.allSettled resolves with': () =>
    Promise.allSettled([Promise.resolve(), Promise.reject(new Error(thrownMessage))]),
  'return a response that is not ok': () => Promise.resolve(new Response(null, { status: 500 })),
  'return the response of a handler that failed': () => ({ batchItemFailures: [{ itemIdentifier: '1' }] }),
  'return a failed Result': () => ({ isErr: () => true, error: new Error(thrownMessage) }),
  'return an Either with an error': () => Promise.resolve({ _tag: 'Left', left: new Error(thrownMessage) }),
  'return a command that is not sent': () => ({ input: {}, resolveMiddleware: () => undefined }),
  'return a thenable that is fulfilled with an Effect of version 3': () => ({
    then: (fulfil: (value: unknown) => void) => {
      fulfil(effect3());
    },
  }),
  'return a proxy that throws on access': () => throwingProxy(),
} as const;

/** Returns an object with the brand of Effect 3, which no technique of ours runs. */
function effect3(): object {
  return { [Symbol.for('effect/Effect')]: {}, _op: 'Sync' };
}

function raise(thrown: unknown): never {
  throw thrown;
}

async function rejected(reason: unknown): Promise<never> {
  await Promise.resolve();
  return raise(reason);
}

function throwingProxy(): object {
  const refuse = (): never => raise(new Error('accessed'));
  return new Proxy(
    {},
    { get: refuse, has: refuse, getPrototypeOf: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse },
  );
}
