import { describe, describeShape } from './describe.ts';

/** The errors that one logged error may hold, itself, its causes and its `errors` together. */
const MAX_ERRORS = 5;
const MAX_NAME_CHARACTERS = 200;
const MAX_MESSAGE_CHARACTERS = 1_000;
const MAX_FRAMES = 12;
const MAX_FRAME_CHARACTERS = 300;

/** Properties that tell what went wrong, and never what was sent. */
const details = ['code', 'errno', 'syscall', 'status', 'statusCode'] as const;

/**
 * Returns the class and the message of an error, or a short text for any other value that was thrown. Of an object, which can
 * be a message or a response, it returns the keys only.
 */
export function nameOf(error: unknown): string {
  try {
    if (typeof error === 'string') return describe(error);
    // Not `instanceof`: in Jest an error can be of another realm.
    const { name, message } = (error ?? {}) as Partial<Error>;
    if (typeof message !== 'string') return describeShape(error);
    return describe(`${name ?? 'Error'}: ${message.slice(0, MAX_NAME_CHARACTERS)}`);
  } catch {
    return 'an error that cannot be read';
  }
}

/**
 * Returns a bounded copy of an error for the log: its class name, message, stack, codes, causes and `errors`. Other properties,
 * such as the `config`, `request` and `response` of an HTTP client's error, are left out: they can be large, and they can
 * contain the body of a message. `undefined` for what is not an error, or cannot be read.
 */
export function readable(error: unknown): Error | undefined {
  try {
    return error instanceof Error ? copyOf(error, { left: MAX_ERRORS }) : undefined;
  } catch {
    return undefined;
  }
}

function copyOf(error: Error, budget: { left: number }): Error {
  budget.left -= 1;
  // Whatever a class has made of them.
  const own = error as unknown as Readonly<Record<string, unknown>>;
  const name = String(own.name);
  const message = shortened(String(own.message), MAX_MESSAGE_CHARACTERS);
  const copy = new Error(message);
  // Lambda's JSON log format reads the class name there.
  hide(copy, 'constructor', { name });
  hide(copy, 'name', name);
  hide(copy, 'stack', `${name}: ${message}${framesOf(error)}`);
  Object.assign(copy, detailsOf(error));
  const { cause, errors } = own;
  if (cause instanceof Error && budget.left > 0) hide(copy, 'cause', copyOf(cause, budget));
  if (Array.isArray(errors)) Object.assign(copy, { errors: copiesOf(errors, budget) });
  return copy;
}

/** Sets a property as errors have theirs: not enumerable. */
function hide(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, configurable: true, writable: true });
}

function copiesOf(errors: readonly unknown[], budget: { left: number }): Error[] {
  const copies: Error[] = [];
  for (const error of errors) {
    if (budget.left <= 0) break;
    if (error instanceof Error) copies.push(copyOf(error, budget));
  }
  return copies;
}

function detailsOf(error: Error): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const key of details) {
    const value = (error as unknown as Readonly<Record<string, unknown>>)[key];
    if (typeof value === 'string' || typeof value === 'number') {
      found[key] = typeof value === 'string' ? shortened(value, MAX_FRAME_CHARACTERS) : value;
    }
  }
  const requestId = (error as { readonly $metadata?: { readonly requestId?: unknown } }).$metadata?.requestId;
  // The id by which AWS finds a request of its SDK.
  return typeof requestId === 'string' ? { ...found, requestId } : found;
}

function framesOf({ stack }: Error): string {
  const frames = typeof stack === 'string' ? (/\n {4}at .*$/s.exec(stack)?.[0] ?? '') : '';
  return frames
    .split('\n', MAX_FRAMES + 1)
    .map((frame) => shortened(frame, MAX_FRAME_CHARACTERS))
    .join('\n');
}

function shortened(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}…` : text;
}
