import * as childProcess from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { PassThrough, Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

import { describe, it } from 'vitest';

import { checkReturned } from '../../src/technique/index.ts';
import { branded, withMethods } from './returned-values.ts';

class Rows extends Array<number> {
  override map(): never {
    throw new Error('not implemented');
  }
}

const cyclic: unknown[] = [];
cyclic.push(cyclic);

const data = {
  nothing: undefined,
  null: null,
  'a text': 'text',
  'a number': 0,
  false: false,
  'an object': { next: 'page', then: 7, subscribe: 'no', send: () => undefined },
  'an object without prototype': Object.create(null) as object,
  'an array': [1, undefined, null, { next: 1 }, ['nested']],
  'an array of a class': Rows.from([1, 2]),
  'arrays that hold themselves': cyclic,
  'an object of a class with a method next': withMethods('next'),
  'a failure in data': { _tag: 'Failure', status: 'rejected', reason: 'fraud', Failed: [1], error: 'none' },
  'a result with an explanation': { ok: false, success: false, error: 'out of stock' },
  'a document of Mongoose': Object.assign(Object.create({ status: 'rejected', reason: {} }) as object, {
    $__: {},
    _doc: {},
  }),
  'rows of a result of Cassandra': withMethods(Symbol.iterator, Symbol.asyncIterator, 'first'),
};

const objects = {
  'a map': new Map([[1, 2]]),
  'a set': new Set([1]),
  'a String object': Object('text') as object,
  bytes: new Uint8Array(3),
  'a buffer': Buffer.from('text'),
  'a view': new DataView(new ArrayBuffer(2)),
  'a date': new Date(0),
  'a URL': new URL('https://example.org/?a=1'),
  'search parameters': new URLSearchParams('a=1'),
  headers: new Headers({ a: '1' }),
  'form data': new FormData(),
  'a blob': new Blob(['text']),
  'a regular expression': /a/g,
  'an event emitter': new EventEmitter(),
  'an abort signal': new AbortController().signal,
  'a module': childProcess,
  console,
};

const clients = {
  'a connection or a pool of mysql2, Oracle or Cassandra': withMethods('execute', 'query', 'end', 'on'),
  'a database of Drizzle': withMethods('execute', 'select', 'transaction'),
  'a database of SQLite': withMethods('exec', 'prepare', 'close'),
  'a client of ioredis': withMethods('exec', 'multi', 'pipeline', 'addBatch', 'quit', 'on'),
  'an SSH client': withMethods('exec', 'connect', 'end', 'on'),
  'a client of the AWS SDK': { ...withMethods('send', 'destroy'), config: {}, middlewareStack: {} },
  'an object of the command pattern': withMethods('execute', 'undo'),
  'a winston logger, which its methods return': Object.assign(new PassThrough(), withMethods('info')),
};

const succeeded = {
  'a Right of fp-ts': { _tag: 'Right', right: 1 },
  'a Right of purify': { isLeft: () => false },
  'an Ok of neverthrow': { value: 1, isErr: () => false },
  'an Ok of true-myth': { value: 1, isErr: false },
  'what safeParse of zod returns': { success: true, data: {} },
  'a successful Exit': { '~effect/Effect': {}, '~effect/Exit': {}, _tag: 'Success' },
  'an Option of version 4': branded('~effect/Option'),
  ...Object.fromEntries(
    ['Success', 'Some', 'None', 'Right'].map((tag) => [
      `what version 3 takes for an Effect although it is data: ${tag}`,
      branded(Symbol.for('effect/Effect'), { _tag: tag }),
    ]),
  ),
  'fulfilled promises': [{ status: 'fulfilled', value: 1 }],
  'a response of the AWS SDK': { $metadata: {}, Failed: [], FailedEntryCount: 0, UnprocessedItems: {} },
  'an object of S3 that is not read': { $metadata: {}, Body: Readable.from(['text']) },
  'a batch response without failures': { batchItemFailures: [] },
  'a null batch response': { batchItemFailures: null },
  'a response that is not read': new Response('ok'),
  'a response of axios': { data: {}, status: 200, headers: new Headers(), request: withMethods('end') },
  'a child process that has ended': { ...withMethods('kill', 'on'), exitCode: 0, signalCode: null },
  'a child process that was killed': { ...withMethods('kill', 'on'), exitCode: null, signalCode: 'SIGTERM' },
  'a closed cursor': { ...withMethods('next', Symbol.asyncIterator), closed: true },
};

describe('work is done when it returns', () => {
  it.each(Object.entries({ ...data, ...objects, ...clients, ...succeeded }))('%s', (_, value) => {
    checkReturned(value);
    checkReturned([value]);
  });

  it('a rejected order, unless it may be an entry of Promise.allSettled', () => {
    checkReturned({ status: 'rejected', reason: 'fraud' });
  });

  it('a response that was read', async () => {
    const response = new Response('ok');
    await response.text();
    checkReturned(response);
  });

  it('streams that are finished', async () => {
    const read = Readable.from(['text']).resume();
    const written = new Writable({
      write: (_chunk, _encoding, done) => {
        done();
      },
    }).end('text');
    const both = new PassThrough().end().resume();
    await Promise.all([read, written, both].map((stream) => finished(stream)));
    const lines = createInterface({ input: Readable.from(['a line\n']) });
    await once(lines, 'close');
    for (const stream of [read, written, both, lines]) checkReturned(stream);
  });
});
