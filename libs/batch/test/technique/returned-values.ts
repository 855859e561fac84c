import { PassThrough, Readable } from 'node:stream';

/** Text that no error may contain. */
export const secret = 'the body of a message';

/** The error of every failure below. */
export const failure = new Error('the failure');

/** An object as the versions of Effect brand theirs: on its prototype. */
export function branded(brand: PropertyKey, own: object = { value: secret }): object {
  return Object.assign(Object.create({ [brand]: {} }) as object, own);
}

/** Returns an object with methods that have these names. */
export function withMethods(...names: readonly PropertyKey[]): Record<PropertyKey, unknown> {
  return Object.fromEntries(names.map((name) => [name, () => undefined]));
}

function* generator(): Generator<string> {
  yield secret;
}

async function* asyncGenerator(): AsyncGenerator<string> {
  yield await Promise.resolve(secret);
}

const effects = {
  'an Effect of version 4': [branded('~effect/Effect'), 'an Effect'],
  'an Effect of version 3': [branded(Symbol.for('effect/Effect')), 'an Effect'],
  'a function that is an Effect': [
    Object.assign(() => secret, { [Symbol.for('effect/Effect')]: {} }),
    'an Effect',
  ],
  'a failed Exit of version 4': [branded('~effect/Effect', { _tag: 'Failure' }), 'an Effect'],
  'a Layer': [branded('~effect/Layer'), 'an Effect, Stream, Layer'],
  'a Stream': [branded('~effect/Stream'), 'an Effect, Stream'],
  'a Fiber': [branded(Symbol.for('effect/Fiber')), 'an Effect, Stream, Layer or Fiber'],
} as const;

const promises = {
  'a promise': [Promise.resolve(secret), 'a promise'],
  'a thenable, such as a query of Mongoose, Knex, Drizzle or Prisma': [
    withMethods('then', 'exec', 'execute', 'toSQL'),
    'a promise',
  ],
  'an object with a promise': [{ first: 1, second: Promise.resolve(secret) }, 'a promise'],
  'an object with a thenable': [{ first: 1, second: withMethods('then') }, 'a promise'],
  'an object with a promise and without prototype': [
    Object.assign(Object.create(null) as object, { first: null, second: Promise.resolve(secret) }),
    'a promise',
  ],
} as const;

const iterated = 'a generator, an iterator, an Observable, a stream, a timer or a child process';
const iterators = {
  'a generator': [generator(), iterated],
  'an async generator': [asyncGenerator(), iterated],
  'an iterator': [[secret].values(), iterated],
  'what only iterates asynchronously, such as a stream of tokens': [
    { [Symbol.asyncIterator]: asyncGenerator },
    iterated,
  ],
  'an object that only iterates asynchronously': [
    Object.assign(Object.create(null) as object, { [Symbol.asyncIterator]: asyncGenerator }),
    iterated,
  ],
  'a cursor of MongoDB': [{ ...withMethods('next', Symbol.asyncIterator), closed: false }, iterated],
  'a stream that is not finished': [new PassThrough(), iterated],
  'a stream that is not read': [Readable.from([secret]), iterated],
  'a web stream': [new Response(secret).body, iterated],
  'a writable stream': [{ ...withMethods('write', 'end'), writableFinished: false }, iterated],
  'an Observable': [withMethods('subscribe', '@@observable'), iterated],
} as const;

const query = 'a command or a query';
const queries = {
  'a request of the AWS SDK v2': [withMethods('promise', 'send'), query],
  'a command of the AWS SDK v3': [withMethods('resolveMiddleware'), query],
  'a query of Kysely': [withMethods('execute', 'compile', 'toOperationNode'), query],
  'a query of TypeORM, or a prepared one of Drizzle': [withMethods('execute', 'getQuery'), query],
  'a pipeline of ioredis': [withMethods('exec', 'fillResult'), query],
  'a transaction of node-redis': [withMethods('exec', 'execAsPipeline'), query],
  'a bulk operation of MongoDB': [withMethods('execute', 'addToOperationsList'), query],
} as const;

const others = {
  'a timer': [setTimeout(() => undefined, 0).unref(), iterated],
  'an immediate': [setImmediate(() => undefined), iterated],
  'a child process that runs': [{ ...withMethods('kill', 'on'), exitCode: null, signalCode: null }, iterated],
  'a function': [() => secret, 'a function'],
  'an async function': [() => Promise.resolve(secret), 'a function'],
  'a class': [Map, 'a function'],
} as const;

/** Values that still have to be run, and what the error calls them. */
export const toRun = { ...effects, ...promises, ...iterators, ...queries, ...others };

/** Failures that are returned instead of thrown. */
export const failures: Readonly<Record<string, object>> = {
  'an error': failure,
  'an Err of neverthrow': { error: failure, isErr: () => true },
  'an Err of true-myth': { error: failure, isErr: true },
  'a Left of purify': { isLeft: () => true, error: failure },
  'a Left of fp-ts': { _tag: 'Left', left: failure },
  'a Left of Effect 3': branded(Symbol.for('effect/Effect'), { _tag: 'Left', left: failure }),
  'a Failure of Effect 4': Object.assign(Object.create({ _tag: 'Failure' }) as object, { failure }),
  'what safeParse of zod returns': { success: false, error: failure },
  'a Result of plain data': { ok: false, error: failure },
  'one result of Promise.allSettled': { status: 'rejected', reason: failure },
};

/** Responses that report a failure, and what the error calls it. */
export const reports: Readonly<Record<string, readonly [object, string]>> = {
  'a Response': [Response.json({}, { status: 503 }), 'the status 503'],
  'a batch response': [{ batchItemFailures: [{ itemIdentifier: secret }] }, 'batchItemFailures'],
  SendMessageBatch: [{ $metadata: {}, Successful: [], Failed: [{ Id: secret }] }, 'Failed'],
  'entries without a prototype': [{ $metadata: {}, Failed: [Object.create(null)] }, 'Failed'],
  PutRecords: [{ $metadata: {}, FailedRecordCount: 2 }, 'FailedRecordCount'],
  BatchWriteItem: [{ $metadata: {}, UnprocessedItems: { [secret]: [1] } }, 'UnprocessedItems'],
  BatchGetItem: [{ $metadata: {}, UnprocessedKeys: { [secret]: {} } }, 'UnprocessedKeys'],
  Invoke: [{ $metadata: {}, StatusCode: 200, FunctionError: 'Unhandled' }, 'FunctionError'],
};
