import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

import { beforeAll, describe, expect, it } from 'vitest';

import { WorkNotRunError } from '../../src/index.ts';
import { checkReturned } from '../../src/technique/index.ts';

const secret = 'the body of a message';

function* generator(): Generator<string> {
  yield secret;
}

async function* asyncGenerator(): AsyncGenerator<string> {
  yield await Promise.resolve(secret);
}

/** An object as the versions of Effect brand theirs: on its prototype. */
function branded(brand: PropertyKey, own: object = { value: secret }): object {
  return Object.assign(Object.create({ [brand]: {} }) as object, own);
}

const effects = {
  'an Effect of version 4': [branded('~effect/Effect'), 'an Effect'],
  'an Effect of version 3': [branded(Symbol.for('effect/Effect')), 'an Effect'],
  'a function that is an Effect': [
    Object.assign(() => secret, { [Symbol.for('effect/Effect')]: {} }),
    'an Effect',
  ],
  'a failed Exit of version 4': [
    { ...branded('~effect/Exit'), '~effect/Effect': {}, '~effect/Exit': {}, _tag: 'Failure' },
    'a failed Effect or Exit',
  ],
  'a failed Either of version 3': [
    branded(Symbol.for('effect/Effect'), { _tag: 'Left' }),
    'a failed Effect or Exit',
  ],
  'a Layer': [branded('~effect/Layer'), 'a Layer'],
  'a Stream': [branded('~effect/Stream'), 'a Stream'],
  'a Fiber': [branded(Symbol.for('effect/Fiber')), 'a Fiber'],
} as const;

const others = {
  'a function': [() => secret, 'a function'],
  'an async function': [() => Promise.resolve(secret), 'a function'],
  'a class': [Map, 'a function'],
  'a generator': [generator(), 'a generator or iterator'],
  'an async generator': [asyncGenerator(), 'a generator or iterator'],
  'an iterator': [[secret].values(), 'a generator or iterator'],
  'an Observable': [{ subscribe: () => undefined, '@@observable': () => undefined }, 'an Observable'],
  'a request of the AWS SDK v2': [
    { promise: () => undefined, send: () => undefined, httpRequest: {} },
    'a request of the AWS SDK',
  ],
  'a command of the AWS SDK v3': [
    { input: {}, middlewareStack: {}, resolveMiddleware: () => undefined },
    'a request of the AWS SDK',
  ],
  'a query of Kysely': [
    { execute: () => undefined, compile: () => undefined },
    'a query that is not executed',
  ],
  'a query of TypeORM': [
    { execute: () => undefined, getQuery: () => undefined },
    'a query that is not executed',
  ],
  'a stream that is not finished': [new PassThrough(), 'a stream that is not finished'],
  'a promise': [Promise.resolve(secret), 'a promise'],
  'a thenable': [{ then: () => undefined }, 'a promise'],
  'an array of Effects': [[1, branded('~effect/Effect')], 'an array with an Effect'],
  'an array of promises': [[Promise.resolve(secret)], 'an array with a promise'],
  'an array of functions': [[() => secret], 'an array with a function'],
  'promises in nested arrays': [
    [[], [[Promise.resolve(secret)]]],
    'an array with an array with an array with',
  ],
} as const;

describe('work has done nothing yet when it returns', () => {
  it.each(Object.entries({ ...effects, ...others }))('%s', (_, [value, named]) => {
    const check = (): void => {
      checkReturned(value);
    };
    expect(check).toThrow(WorkNotRunError);
    expect(check).toThrow(`The work returned ${named}`);
    expect(check).not.toThrow(secret);
  });
});

const finishedStream = new PassThrough().end().resume();
beforeAll(() => finished(finishedStream));

const cyclic: unknown[] = [];
cyclic.push(cyclic);

describe('work is done when it returns', () => {
  const unreadable = new Proxy(
    {},
    {
      has: () => {
        throw new Error('touched');
      },
    },
  );

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'text'],
    ['a number', 0],
    ['false', false],
    ['an error', new Error('returned')],
    ['an object', { next: 'page', then: 7, subscribe: 'no', send: () => undefined }],
    ['an object without prototype', Object.create(null)],
    ['an array', [1, undefined, null, { next: 1 }, ['nested']]],
    ['a map', new Map([[1, 2]])],
    ['a set', new Set([1])],
    ['bytes', new Uint8Array(3)],
    ['a stream, such as the response of an HTTP client', Readable.from([])],
    ['a response', new Response('ok')],
    ['a successful Exit', { '~effect/Effect': {}, '~effect/Exit': {}, _tag: 'Success' }],
    ['an Option of version 4', branded('~effect/Option')],
    ...['Success', 'Some', 'None', 'Right'].map((tag): [string, unknown] => [
      `what version 3 takes for an Effect although it is data: ${tag}`,
      branded(Symbol.for('effect/Effect'), { _tag: tag }),
    ]),
    ['a finished stream', finishedStream],
    ['arrays that hold themselves', cyclic],
    ['what cannot be read', unreadable],
  ])('%s', (_, value) => {
    checkReturned(value);
  });
});
