import { describe } from '@parallel-lambda/batch/technique';

/** A value that `work` threw, as data that crosses from a thread. */
export type PlainError =
  | {
      readonly kind: 'error';
      /** The built-in class that it extends. */
      readonly base: string;
      readonly className: string;
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
      readonly cause: PlainError | undefined;
      /** `AggregateError.errors`. */
      readonly errors: readonly PlainError[] | undefined;
      readonly properties: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'value'; readonly value: unknown };

/** Maximum depth of nested causes and errors of an `AggregateError`. */
const MAX_CAUSES = 8;
/** Maximum depth of nested objects in the properties of an error. */
const MAX_DEPTH = 3;
/** The number of errors of an `AggregateError`, of items of a list and of properties of an object. */
const MAX_ITEMS = 50;
/** The length of a message and of a stack, in characters. */
const MAX_TEXT = 16_384;
/** The size of an error's properties, in characters. */
const MAX_PROPERTIES = 4_096;

/** Properties that are read even where a class has them as getters, as `DOMException` does. */
const wellKnown = ['code', 'status', 'statusCode'];
/** Properties that cross by themselves, as `errors` does where it is a list. */
const own = new Set(['name', 'message', 'stack', 'cause']);

const builtIns = [
  'Error',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
];

/**
 * Converts a thrown value to plain data: class, name, message, stack, cause, `AggregateError.errors` and the own
 * properties that are data, such as `code`, `status` and `$metadata`. A value that cannot be cloned becomes a
 * text, and a value that is too deep or too large is left out.
 *
 * @param depth the number of errors that this one is nested in
 */
export function toPlainError(thrown: unknown, depth = 0): PlainError {
  const budget = { left: MAX_PROPERTIES };
  try {
    if (!isError(thrown)) {
      const value = copy(thrown, MAX_DEPTH, budget);
      return { kind: 'value', value: value === undefined && thrown !== undefined ? describe(thrown) : value };
    }
    // A class may have made anything of them.
    const { name, message, stack, cause, errors } = thrown as unknown as Record<
      'name' | 'message' | 'stack' | 'cause' | 'errors',
      unknown
    >;
    const base = baseOf(thrown);
    const className = (thrown.constructor as ErrorConstructor | undefined)?.name;
    const nested = (error: unknown): PlainError => toPlainError(error, depth + 1);
    const isNested = depth < MAX_CAUSES;
    return {
      kind: 'error',
      base,
      className: className === undefined || className === '' ? base : className,
      name: String(name),
      message: String(message).slice(0, MAX_TEXT),
      stack: typeof stack === 'string' ? stack.slice(0, MAX_TEXT) : undefined,
      cause: cause === undefined || !isNested ? undefined : nested(cause),
      errors: Array.isArray(errors) && isNested ? errors.slice(0, MAX_ITEMS).map(nested) : undefined,
      properties: propertiesOf(thrown, budget),
    };
  } catch {
    return { kind: 'value', value: describe(thrown) };
  }
}

/** Restores a thrown value: an error of the same class name that is an instance of the same built-in class, or the value. */
export function fromPlainError(plain: PlainError): unknown {
  if (plain.kind === 'value') return plain.value;
  const { base, className, name, message, stack, errors, properties } = plain;
  const cause = plain.cause && { cause: fromPlainError(plain.cause) };
  const ErrorClass = named(
    (errors ? AggregateError : Reflect.get(globalThis, base)) as ErrorClass,
    className,
  );
  const error = new ErrorClass(...(errors ? [errors.map(fromPlainError)] : []), message, cause);
  const define = (key: string, value: unknown, enumerable: boolean): void => {
    Object.defineProperty(error, key, { value, enumerable, configurable: true, writable: true });
  };
  if (error.name !== name) define('name', name, false);
  define('stack', stack, false);
  for (const [key, value] of Object.entries(properties)) define(key, value, true);
  return error;
}

/** Returns whether a value is an error, also of another realm, such as a `vm` context, which has its own `Error`. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

function isPlain(object: object): boolean {
  const prototype = Object.getPrototypeOf(object) as unknown;
  return prototype === Object.prototype || prototype === null;
}

function baseOf(error: Error): string {
  let prototype = Object.getPrototypeOf(error) as Error | null;
  while (prototype && !builtIns.includes(prototype.constructor.name)) {
    prototype = Object.getPrototypeOf(prototype) as Error | null;
  }
  return prototype?.constructor.name ?? 'Error';
}

/** Returns a class of this name, for `error.constructor.name` and for what `console.error` prints. */
function named(base: ErrorClass, name: string): ErrorClass {
  return name === base.name ? base : ({ [name]: class extends base {} }[name] as ErrorClass);
}

type ErrorClass = new (...args: unknown[]) => Error;

/** Texts and numbers first: a large object, such as the request of an HTTP client, must not displace `status`. */
function propertiesOf(error: Error, budget: { left: number }): Record<string, unknown> {
  const keys = new Set([...wellKnown.filter((key) => key in error), ...Object.keys(error)]);
  const entries = [...keys]
    .slice(0, MAX_ITEMS)
    .filter((key) => !own.has(key) && !(key === 'errors' && Array.isArray(read(error, key))))
    .map((key) => [key, read(error, key)] as const)
    .sort(([, one], [, other]) => Number(typeof one === 'object') - Number(typeof other === 'object'))
    .map(([key, value]) => [key, copy(value, MAX_DEPTH, budget)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function read(object: object, key: string): unknown {
  try {
    return (object as Readonly<Record<string, unknown>>)[key];
  } catch {
    return undefined;
  }
}

/** Copies data; `undefined` for anything else, and for data that exceeds the budget. */
function copy(value: unknown, depth: number, budget: { left: number }): unknown {
  budget.left -= typeof value === 'string' ? value.length : 8;
  if (budget.left < 0 || typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  if (isError(value)) return `${value.name}: ${value.message}`;
  if (depth === 0) return undefined;
  if (Array.isArray(value)) {
    return value.slice(0, MAX_ITEMS).map((item) => copy(item, depth - 1, budget));
  }
  const keys = Object.keys(value).slice(0, MAX_ITEMS);
  if (ArrayBuffer.isView(value) || (keys.length === 0 && !isPlain(value))) return describe(value);
  const entries = keys.map((key) => [key, copy(read(value, key), depth - 1, budget)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}
