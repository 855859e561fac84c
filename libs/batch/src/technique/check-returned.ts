import { WorkNotRunError } from '../errors.ts';

/**
 * Checks a value that work returned, or that its promise resolved with. A value that still has to be run, iterated, called,
 * sent or awaited does not prove that the message was processed: an Effect (of any version), a generator, an iterator, a
 * function, a promise, an unsent command, a stream that is not finished, or an array with one of these in it.
 *
 * @throws {WorkNotRunError} which names the value and how to fix it. It never contains the value's content.
 */
export function checkReturned(value: unknown): void {
  const problem = problemWith(value, MAX_DEPTH);
  if (problem !== undefined) throw new WorkNotRunError(`The work returned ${problem}`);
}

/** Maximum depth of arrays in arrays that is searched. */
const MAX_DEPTH = 4;

/** Returns what the value is, why it proves nothing, and the fix; `undefined` for a value that is done. */
function problemWith(value: unknown, depth: number): string | undefined {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  if (Array.isArray(value)) return depth > 0 ? problemInside(value, depth) : undefined;
  const found = kinds.find(([is]) => holds(is, value));
  if (found) return found[1];
  return typeof value === 'function'
    ? 'a function that was not called. Call it and await its result.'
    : undefined;
}

function problemInside(values: readonly unknown[], depth: number): string | undefined {
  for (const value of values) {
    const problem = problemWith(value, depth - 1);
    if (problem !== undefined) return `an array with ${problem}`;
  }
  return undefined;
}

/** Objects that still have to be run, and the fix. The first that fits is named. */
const kinds: readonly (readonly [is: (value: object) => boolean, problem: string])[] = [
  [(value) => isBranded(value, 'Fiber'), 'a Fiber, which is still running. Wait for it with `Fiber.join`.'],
  [
    (value) => isBranded(value, 'Stream'),
    'a Stream, which does nothing until it is run. Run it, for example with `Stream.runDrain`.',
  ],
  [
    (value) => isBranded(value, 'Layer'),
    'a Layer, which does nothing until it is built. Provide it to an Effect.',
  ],
  [
    (value) => isBranded(value, 'Effect') && hasTag(value, 'Failure', 'Left'),
    'a failed Effect or Exit. Throw its error.',
  ],
  [
    // In Effect 3 an Option and an Either are Effects as well, and an Exit is in every version.
    (value) => isBranded(value, 'Effect') && !hasTag(value, 'Success', 'Some', 'None', 'Right'),
    'an Effect, which does nothing until it is run. Use `fiberWorkers` with the same version of effect, or return `Effect.runPromise(effect)`.',
  ],
  [
    (value) => hasMethods(value, 'then'),
    'a promise that is not awaited. Await it, several with `Promise.all`, and in an Effect use `Effect.tryPromise`.',
  ],
  [
    (value) =>
      hasMethods(value, 'next') &&
      (hasMethods(value, Symbol.iterator) || hasMethods(value, Symbol.asyncIterator)),
    'a generator or iterator, whose code does not run until it is iterated. Use an async function, or iterate it in the work.',
  ],
  [
    (value) => hasMethods(value, 'subscribe') && ('@@observable' in value || observable in value),
    'an Observable, which does nothing until it is subscribed to. Return `lastValueFrom(observable)`.',
  ],
  [
    (value) => hasMethods(value, 'on', 'write') && 'writableFinished' in value && !value.writableFinished,
    'a stream that is not finished. Return `pipeline(…)` of `node:stream/promises`.',
  ],
  [
    (value) =>
      (hasMethods(value, 'promise', 'send') && 'httpRequest' in value) ||
      hasMethods(value, 'resolveMiddleware'),
    'a request of the AWS SDK that is not sent. Return `client.send(command)`, or in version 2 `request.promise()`.',
  ],
  [
    (value) => hasMethods(value, 'execute', 'compile') || hasMethods(value, 'execute', 'getQuery'),
    'a query that is not executed. Return `query.execute()`.',
  ],
];

/** RxJS defines the symbol only where another library has done so before. */
const observable = (Symbol as { readonly observable?: symbol }).observable ?? Symbol.for('observable');

/** Effect 4 marks its types with a string, Effect 3 with a symbol. */
function isBranded(value: object, type: string): boolean {
  return `~effect/${type}` in value || Symbol.for(`effect/${type}`) in value;
}

function hasTag(value: object, ...tags: readonly unknown[]): boolean {
  return '_tag' in value && tags.includes(value._tag);
}

function hasMethods(value: object, ...names: readonly PropertyKey[]): boolean {
  return names.every((name) => typeof (value as Readonly<Record<PropertyKey, unknown>>)[name] === 'function');
}

/** An object whose properties cannot be read, such as a revoked proxy, is taken for plain data. */
function holds(test: (value: object) => boolean, value: object): boolean {
  try {
    return test(value);
  } catch {
    return false;
  }
}
