import { WorkNotRunError } from '../errors.ts';
import { failureIn, hasMethods } from './failure-in.ts';

/**
 * Checks a value that work returned, or that its promise resolved with. Neither a value that still has to be run, iterated, called,
 * sent or awaited, nor one that means a failure proves that the message was processed. The members of arrays are checked too.
 *
 * @throws {WorkNotRunError} which names the value and how to fix it, for an Effect (of any version), a generator, an iterator, a
 * function, a promise, a timer, an unsent command or a stream that is not finished. It never contains the value's content.
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
  if (Array.isArray(value)) return depth > 0 ? problemInside(value, depth) : undefined;
  try {
    return kinds.find(([is]) => is(value))?.[1] ?? failureIn(value);
  } catch {
    // An object whose properties cannot be read, such as a revoked proxy, is taken for plain data.
    return undefined;
  }
}

function problemInside(values: readonly unknown[], depth: number): Problem | undefined {
  // All of them, so that no promise is left without a handler. Not `map`, which a subclass of a database client can break.
  const problems = Array.from(values, (value) => problemWith(value, depth - 1));
  const first = problems.find(Boolean);
  return typeof first === 'string' ? `an array with ${first}` : first;
}

/** Objects that still have to be run, and the fix. The first that fits is named. */
const kinds: readonly (readonly [is: (value: object) => boolean, problem: string])[] = [
  [
    (value) =>
      ['Effect', 'Stream', 'Layer', 'Fiber'].some((type) => isBranded(value, type)) && !isDone(value),
    'an Effect, Stream, Layer or Fiber that has not succeeded. Use `fiberWorkers` with the same version of effect, or `Effect.runPromise`.',
  ],
  [
    (value) =>
      isThenable(value) ||
      (Object.getPrototypeOf(value) === Object.prototype &&
        Object.values(value).filter(isThenable).length > 0),
    'a promise that is not awaited. Await it, in an Effect with `Effect.tryPromise`.',
  ],
  [
    (value) =>
      hasMethods(value, 'next', Symbol.iterator) ||
      (hasMethods(value, Symbol.asyncIterator) && !('readableEnded' in value && value.readableEnded)) ||
      ('writableFinished' in value && !value.writableFinished),
    'a generator, an iterator or a stream that is not finished. Await its end.',
  ],
  [
    (value) => hasMethods(value, 'subscribe') && ('@@observable' in value || observable in value),
    'an Observable that is not subscribed to. Return `lastValueFrom(observable)`.',
  ],
  [
    (value) =>
      hasMethods(value, 'hasRef', 'unref') ||
      (hasMethods(value, 'kill', 'on') && 'exitCode' in value && value.exitCode === null),
    'a timer or a child process that has not ended. Await its end.',
  ],
  [
    (value) =>
      ['resolveMiddleware', 'execute', 'exec'].some((name) => hasMethods(value, name)) ||
      // Version 2 of the AWS SDK.
      hasMethods(value, 'promise', 'send'),
    'a command or a query that is not executed. Await its execution.',
  ],
  [(value) => typeof value === 'function', 'a function that was not called. Call it and await it.'],
];

function isObject(value: unknown): value is object {
  return Object(value) === value;
}

/** RxJS defines the symbol only where another library has done so before. */
const observable = (Symbol as { readonly observable?: symbol }).observable ?? Symbol.for('observable');

/** Effect 4 marks its types with a string, Effect 3 with a symbol. */
function isBranded(value: object, type: string): boolean {
  return `~effect/${type}` in value || Symbol.for(`effect/${type}`) in value;
}

/** Returns whether a value is data: in Effect 3 an Option and an Either are Effects as well, and an Exit is in every version. */
function isDone(value: object): boolean {
  return '_tag' in value && /^(Success|Some|None|Right)$/.test(String(value._tag));
}

function isThenable(value: unknown): boolean {
  // Its message fails already. An unhandled rejection would cost the whole batch.
  if (value instanceof Promise) value.catch(() => undefined);
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function';
}
