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
    'an Effect',
  ],
  'a failed Either of version 3': [branded(Symbol.for('effect/Effect'), { _tag: 'Left' }), 'an Effect'],
  'a Layer': [branded('~effect/Layer'), 'an Effect, Stream, Layer'],
  'a Stream': [branded('~effect/Stream'), 'an Effect, Stream'],
  'a Fiber': [branded(Symbol.for('effect/Fiber')), 'an Effect, Stream, Layer or Fiber'],
} as const;

const others = {
  'a function': [() => secret, 'a function'],
  'an async function': [() => Promise.resolve(secret), 'a function'],
  'a class': [Map, 'a function'],
  'a generator': [generator(), 'a generator, an iterator'],
  'an async generator': [asyncGenerator(), 'a generator, an iterator'],
  'an iterator': [[secret].values(), 'a generator, an iterator'],
  'an Observable': [{ subscribe: () => undefined, '@@observable': () => undefined }, 'an Observable'],
  'a request of the AWS SDK v2': [
    { promise: () => undefined, send: () => undefined, httpRequest: {} },
    'a command or a query',
  ],
  'a command of the AWS SDK v3': [
    { input: {}, middlewareStack: {}, resolveMiddleware: () => undefined },
    'a command or a query',
  ],
  'a query of Kysely': [{ execute: () => undefined, compile: () => undefined }, 'a command or a query'],
  'a query of TypeORM': [{ execute: () => undefined, getQuery: () => undefined }, 'a command or a query'],
  'a stream that is not finished': [new PassThrough(), 'a generator, an iterator or a stream'],
  'a stream that is not read': [Readable.from([secret]), 'a generator, an iterator or a stream'],
  'a web stream': [new Response(secret).body, 'a generator, an iterator or a stream'],
  'what only iterates asynchronously, such as a stream of tokens': [
    { [Symbol.asyncIterator]: asyncGenerator },
    'a generator, an iterator or a stream',
  ],
  'a pipeline of Redis': [{ exec: () => undefined }, 'a command or a query'],
  'a timer': [setTimeout(() => undefined, 0).unref(), 'a timer or a child process'],
  'an immediate': [setImmediate(() => undefined), 'a timer or a child process'],
  'a child process that runs': [
    { kill: () => undefined, on: () => undefined, exitCode: null },
    'a timer or a child process',
  ],
  'an object with a promise': [{ first: 1, second: Promise.resolve(secret) }, 'a promise'],
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

describe('work has not done anything when it returns', () => {
  it.each(Object.entries({ ...effects, ...others }))('%s', (_, [value, named]) => {
    const check = (): void => {
      checkReturned(value);
    };
    expect(check).toThrow(WorkNotRunError);
    expect(check).toThrow(`The work returned ${named}`);
    expect(check).not.toThrow(secret);
  });
});

const failure = new Error('the failure');

describe('work returns a failure instead of throwing it', () => {
  it.each<readonly [string, object]>([
    ['an error', failure],
    ['an Err of neverthrow', { error: failure, isErr: () => true }],
    ['a Left of fp-ts', { _tag: 'Left', left: failure }],
    ['a Failure of Effect 4', Object.assign(Object.create({ _tag: 'Failure' }) as object, { failure })],
    [
      'what Promise.allSettled resolves with',
      [{ status: 'fulfilled' }, { status: 'rejected', reason: failure }],
    ],
    ['failures in arrays', [1, [undefined, failure]]],
  ])('%s: the message fails with it', (_, value) => {
    expect(() => {
      checkReturned(value);
    }).toThrow(failure);
  });

  it.each<readonly [string, object, string]>([
    ['a Response', Response.json({}, { status: 503 }), 'the status 503'],
    ['Responses', [new Response(), new Response(secret, { status: 404 })], 'the status 404'],
    ['a batch response', { batchItemFailures: [{ itemIdentifier: secret }] }, 'batchItemFailures'],
    ['SendMessageBatch', { $metadata: {}, Successful: [], Failed: [{ Id: secret }] }, 'Failed'],
    ['PutRecords', { $metadata: {}, FailedRecordCount: 2 }, 'FailedRecordCount'],
    ['BatchWriteItem', { $metadata: {}, UnprocessedItems: { [secret]: [1] } }, 'UnprocessedItems'],
    ['BatchGetItem', { $metadata: {}, UnprocessedKeys: { [secret]: {} } }, 'UnprocessedKeys'],
    ['Invoke', { $metadata: {}, StatusCode: 200, FunctionError: 'Unhandled' }, 'FunctionError'],
  ])('%s: the error names the place, not the content', (_, value, place) => {
    const check = (): void => {
      checkReturned(value);
    };
    expect(check).toThrow(`The work returned a response with ${place}. Throw an error, or return nothing.`);
    expect(check).not.toThrow(WorkNotRunError);
    expect(check).not.toThrow(secret);
  });

  it('has the status, for adaptive workers', () => {
    expect(() => {
      checkReturned(new Response(null, { status: 429 }));
    }).toThrow(expect.objectContaining({ status: 429 }) as Error);
  });
});

describe('promises that are not awaited', () => {
  it('do not end the process when they reject', async () => {
    const unhandled: unknown[] = [];
    const listener = (error: unknown): void => {
      unhandled.push(error);
    };
    process.on('unhandledRejection', listener);
    const [one, two, three, four] = Array.from({ length: 4 }, () => Promise.reject(failure));
    const values = [1, [one], two, { three, four }];
    expect(() => {
      checkReturned(values);
    }).toThrow(WorkNotRunError);
    await new Promise(setImmediate);
    process.off('unhandledRejection', listener);
    expect(unhandled).toEqual([]);
  });
});

const finishedStream = new PassThrough().end().resume();
beforeAll(() => finished(finishedStream));

class Rows extends Array<number> {
  override map(): never {
    throw new Error('not implemented');
  }
}

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
    ['an object', { next: 'page', then: 7, subscribe: 'no', send: () => undefined }],
    ['an object without prototype', Object.create(null)],
    ['an array', [1, undefined, null, { next: 1 }, ['nested']]],
    ['an array of a class', Rows.from([1, 2])],
    ['a map', new Map([[1, 2]])],
    ['a set', new Set([1])],
    ['bytes', new Uint8Array(3)],
    ['a child process that has ended', { kill: () => undefined, on: () => undefined, exitCode: 0 }],
    ['a Right of fp-ts', { _tag: 'Right', right: 1 }],
    ['an Ok of neverthrow', { value: 1, isErr: () => false }],
    [
      'a failure in data',
      { _tag: 'Failure', status: 'rejected', reason: 'fraud', Failed: [1], error: 'none' },
    ],
    ['fulfilled promises', [{ status: 'fulfilled', value: 1 }]],
    ['a response of the AWS SDK', { $metadata: {}, Failed: [], FailedEntryCount: 0, UnprocessedItems: {} }],
    ['a batch response without failures', { batchItemFailures: [] }],
    ['a null batch response', { batchItemFailures: null }],
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
