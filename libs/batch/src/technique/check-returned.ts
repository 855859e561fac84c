import { WorkNotRunError } from '../errors.ts';

/**
 * Checks a value that work returned, or that its promise resolved with. A value that still has to be run, iterated or called
 * does not prove that the message was processed: an Effect (of any version), a generator, an iterator, a function, an
 * Observable, an unsent request of the AWS SDK v2, or an array with one of these or a promise in it.
 *
 * @throws {WorkNotRunError} which names the value and how to fix it. It never contains the value's content.
 */
export function checkReturned(value: unknown): void {
  const problem = problemWith(value) ?? (Array.isArray(value) ? problemInside(value) : undefined);
  if (problem !== undefined) throw new WorkNotRunError(`The work returned ${problem}`);
}

/** Returns what the value is, why it proves nothing, and the fix; `undefined` for a value that is done. */
function problemWith(value: unknown): string | undefined {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  const found = kinds.find(({ is }) => holds(is, value));
  if (found) return found.problem;
  return typeof value === 'function'
    ? 'a function that was not called. Call it and await its result.'
    : undefined;
}

function problemInside(values: readonly unknown[]): string | undefined {
  for (const value of values) {
    const problem = isThenable(value)
      ? 'a promise that is not awaited. Return `Promise.all(promises)`.'
      : problemWith(value);
    if (problem !== undefined) return `an array with ${problem}`;
  }
  return undefined;
}

/** Objects that still have to be run. The first that fits is named. */
const kinds: readonly { readonly is: (value: object) => boolean; readonly problem: string }[] = [
  {
    is: (value) => isBranded(value, 'Exit') && '_tag' in value && value._tag === 'Failure',
    problem: 'a failed Effect or Exit. Throw its error.',
  },
  {
    is: (value) => isBranded(value, 'Effect') && !isBranded(value, 'Exit'),
    problem:
      'an Effect, which does nothing until it is run. Use `fiberWorkers` with the same version of effect, or return `Effect.runPromise(effect)`.',
  },
  {
    is: (value) => isBranded(value, 'Stream'),
    problem: 'a Stream, which does nothing until it is run. Run it, for example with `Stream.runDrain`.',
  },
  {
    is: (value) => isBranded(value, 'Fiber'),
    problem: 'a Fiber, which is still running. Wait for it with `Fiber.join`.',
  },
  {
    is: (value) =>
      hasMethod(value, 'next') &&
      (hasMethod(value, Symbol.iterator) || hasMethod(value, Symbol.asyncIterator)),
    problem:
      'a generator or iterator, whose code does not run until it is iterated. Use an async function, or iterate it in the work.',
  },
  {
    is: (value) => hasMethod(value, 'subscribe') && ('@@observable' in value || observable in value),
    problem:
      'an Observable, which does nothing until it is subscribed to. Return `lastValueFrom(observable)`.',
  },
  {
    is: (value) => hasMethod(value, 'promise') && hasMethod(value, 'send') && 'httpRequest' in value,
    problem: 'a request of the AWS SDK v2, which is not sent yet. Return `request.promise()`.',
  },
];

/** RxJS defines the symbol only where another library has done so before. */
const observable = (Symbol as { readonly observable?: symbol }).observable ?? Symbol.for('observable');

/** Effect 4 marks its types with a string, Effect 3 with a symbol. */
function isBranded(value: object, type: string): boolean {
  return `~effect/${type}` in value || Symbol.for(`effect/${type}`) in value;
}

function hasMethod(value: object, name: PropertyKey): boolean {
  return typeof (value as Readonly<Record<PropertyKey, unknown>>)[name] === 'function';
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && holds((object) => hasMethod(object, 'then'), value);
}

/** An object whose properties cannot be read, such as a revoked proxy, is taken for plain data. */
function holds(test: (value: object) => boolean, value: object): boolean {
  try {
    return test(value);
  } catch {
    return false;
  }
}
