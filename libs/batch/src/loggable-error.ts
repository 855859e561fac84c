import { describe, shortened } from './describe.ts';
import { attempt } from './read-property.ts';

/** The errors that one logged error may hold, itself, its causes and its `errors` together. */
const MAX_ERRORS = 5;
const MAX_NAME_CHARACTERS = 200;
const MAX_MESSAGE_CHARACTERS = 1_000;
const MAX_FRAMES = 12;
const MAX_FRAME_CHARACTERS = 300;

/**
 * Returns the class and the message of an error, or a short text for any other value that was thrown. Of an object, which can
 * be a message or a response, it returns the type only: listing the keys of a large object takes long.
 */
export function nameOf(error: unknown): string {
  try {
    if (typeof error !== 'object' || error === null) return describe(error);
    // Not `instanceof`: in Jest an error can be of another realm.
    const { name = 'Error', message } = error as Partial<Error>;
    if (typeof message !== 'string') return 'an object';
    // Not every error has a message: those of Effect often have none.
    return describe([name, message.slice(0, MAX_NAME_CHARACTERS)].filter(Boolean).join(': '));
  } catch {
    return 'an error that cannot be read';
  }
}

/**
 * Returns a bounded copy of an error for the log: its class name, message, stack, codes, causes and `errors`. Other properties,
 * such as the `config`, `request` and `response` of an HTTP client's error, are left out: they can be large, and they can
 * contain the body of a message. `undefined` for a value that is not an error, or that cannot be read.
 */
export function readable(error: unknown): Error | undefined {
  return attempt(() => (error instanceof Error ? copyOf(error, { left: MAX_ERRORS }) : undefined));
}

/** The properties of an error, which its class can define in any way. */
type ErrorProperties = Readonly<Record<string, unknown>>;

function copyOf(error: Error, budget: { left: number }): Error {
  budget.left -= 1;
  const properties = error as unknown as ErrorProperties;
  const { errors } = properties;
  const name = shortened(String(properties.name), MAX_NAME_CHARACTERS);
  const message = shortened(String(properties.message), MAX_MESSAGE_CHARACTERS);
  const copied = (all: readonly unknown[]): Error[] =>
    all
      .slice(0, MAX_ERRORS)
      .flatMap((one) => (one instanceof Error && budget.left > 0 ? [copyOf(one, budget)] : []));
  const [cause] = copied([properties.cause]);
  const copy = new Error(message, cause && { cause });
  // Lambda's JSON log format reads the class name from the constructor.
  const hidden = { name, constructor: { name }, stack: `${name}: ${message}${framesOf(properties.stack)}` };
  for (const [key, value] of Object.entries(hidden)) {
    // Not enumerable, as in other errors.
    Object.defineProperty(copy, key, { value, configurable: true, writable: true });
  }
  return Object.assign(copy, detailsOf(properties), Array.isArray(errors) && { errors: copied(errors) });
}

/** Returns the properties that say why an error occurred, without content of messages. */
function detailsOf(properties: ErrorProperties): object {
  // The id by which AWS finds a request of its SDK.
  const { requestId } = Object(properties.$metadata) as ErrorProperties;
  const details = ['code', 'errno', 'syscall', 'status', 'statusCode'].map(
    (key) => [key, properties[key]] as const,
  );
  return Object.fromEntries(
    [...details, ['requestId', requestId] as const].flatMap(
      ([key, value]): (readonly [string, string | number])[] => {
        if (typeof value === 'string') return [[key, shortened(value, MAX_FRAME_CHARACTERS)]];
        return typeof value === 'number' ? [[key, value]] : [];
      },
    ),
  );
}

function framesOf(stack: unknown): string {
  const [frames = ''] = /\n {4}at .*$/s.exec(String(stack)) ?? [];
  return frames
    .split('\n', MAX_FRAMES + 1)
    .map((frame) => shortened(frame, MAX_FRAME_CHARACTERS))
    .join('\n');
}
