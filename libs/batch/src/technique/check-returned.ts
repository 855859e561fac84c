import { WorkNotRunError } from '../errors.ts';
import { attempt, hasMethods, isObject, keysOf, readProperty } from '../read-property.ts';
import { failureIn } from './failure-in.ts';

/**
 * Checks a value that work returned, or that its promise resolved with. Neither a value that still has to be run, iterated, called,
 * sent or awaited, nor one that means a failure proves that the message was processed. The members of arrays are checked too.
 * A property that cannot be read counts as missing.
 *
 * @throws {WorkNotRunError} which names the value and how to fix it, for an Effect (of any version), a generator, an iterator, a
 * function, a promise, a timer, an unsent command, a query or a stream that is not finished. It never contains the value's content.
 * @throws the failure that the value means: see `failureIn`
 */
export function checkReturned(value: unknown): void {
  const problem = problemWith(value, MAX_DEPTH);
  if (typeof problem === 'string') throw new WorkNotRunError(`The work returned ${problem}`);
  if (problem) throw problem.error;
}

/** Maximum depth of arrays in arrays that is searched. */
const MAX_DEPTH = 4;

/** The value, why it proves nothing, and the fix; or the failure that it means. */
type Problem = string | { readonly error: unknown };

/** Returns `undefined` for a value that is done. */
function problemWith(value: unknown, depth: number): Problem | undefined {
  if (!isObject(value)) return undefined;
  if (attempt(() => Array.isArray(value))) return depth > 0 ? problemInside(value, depth) : undefined;
  return (
    failureIn(value, depth < MAX_DEPTH) ??
    (hasOnlyData(value) ? undefined : kinds.find(([is]) => attempt(() => is(value)))?.[1])
  );
}

function problemInside(values: object, depth: number): Problem | undefined {
  const { length } = values as readonly unknown[];
  // All of them, so that no promise is left without a handler. By index, because a class of a database client can break `map`.
  const problems = Array.from({ length }, (_, index) => problemWith(readProperty(values, index), depth - 1));
  const first = problems.find(Boolean);
  return typeof first === 'string' ? `an array with ${first}` : first;
}

/** Effect 4 marks its types with a string, Effect 3 with a symbol. */
const brands: readonly PropertyKey[] = ['Effect', 'Stream', 'Layer', 'Fiber'].flatMap((type) => [
  `~effect/${type}`,
  Symbol.for(`effect/${type}`),
]);

/** Tags of data: in Effect 3 an Option and an Either are Effects as well, and an Exit is in every version. */
const done: readonly unknown[] = ['Success', 'Some', 'None', 'Right'];

/** Objects that still have to be run, and the fix. The first that fits is named. */
const kinds: readonly (readonly [is: (value: object) => unknown, problem: string])[] = [
  [
    (value) =>
      brands.some((brand) => readProperty(value, brand)) && !done.includes(readProperty(value, '_tag')),
    'an Effect, Stream, Layer or Fiber that has not succeeded. Use `fiberWorkers` with the same version of effect, or `Effect.runPromise`.',
  ],
  [
    (value) =>
      isThenable(value) ||
      (isPlain(value) && keysOf(value).filter((name) => isThenable(readProperty(value, name))).length),
    'a promise that is not awaited. Await it, in an Effect with `Effect.tryPromise`.',
  ],
  [
    (value) =>
      hasMethods(value, 'next', Symbol.iterator) ||
      // A winston logger is a stream that is not meant to end. Results of Cassandra are lists that have been read.
      (!hasMethods(value, 'info') &&
        ((hasMethods(value, Symbol.asyncIterator) &&
          !hasMethods(value, Symbol.iterator) &&
          !(readProperty(value, 'readableEnded') ?? readProperty(value, 'closed'))) ||
          readProperty(value, 'writableFinished') === false)) ||
      (hasMethods(value, 'subscribe') &&
        // RxJS uses the symbol only where another library has defined it.
        Boolean(
          readProperty(value, '@@observable') ??
          readProperty(value, (Symbol as unknown as { readonly observable: symbol }).observable),
        )) ||
      hasMethods(value, 'hasRef', 'unref') ||
      (hasMethods(value, 'kill', 'on') &&
        (readProperty(value, 'exitCode') ?? readProperty(value, 'signalCode')) === null),
    'a generator, an iterator, an Observable, a stream, a timer or a child process that has not ended. Await its end.',
  ],
  [
    (value) => notExecuted.some((names) => hasMethods(value, ...names)),
    'a command or a query that is not executed. Await its execution.',
  ],
  [(value) => typeof value === 'function', 'a function that was not called. Call and await it.'],
];

/**
 * Methods of commands and queries that are not executed: of the AWS SDK in versions 3 and 2, Kysely, TypeORM and Drizzle, pipelines
 * of node-redis and ioredis, and bulk operations of MongoDB. Connections have `exec` or `execute` as well.
 */
const notExecuted = [
  ['resolveMiddleware'],
  ['promise', 'send'],
  ['execute', 'compile'],
  ['execute', 'getQuery'],
  ['execAsPipeline'],
  ['fillResult'],
  ['addToOperationsList'],
];

/** Most returned objects are such data, and need no other check. */
function hasOnlyData(value: object): boolean | undefined {
  return attempt(
    () =>
      isPlain(value) &&
      Reflect.ownKeys(value).every((name) => {
        const member = (value as Readonly<Record<PropertyKey, unknown>>)[name];
        return !brands.includes(name) && (!isObject(member) || (isPlain(member) && !('then' in member)));
      }),
  );
}

function isPlain(value: object): boolean {
  return [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
}

function isThenable(value: unknown): boolean {
  attempt(() => {
    // Its message fails already. An unhandled rejection would cost the whole batch.
    if (value instanceof Promise) value.catch(() => undefined);
  });
  return isObject(value) && hasMethods(value, 'then');
}
