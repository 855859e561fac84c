import { DeadlineReached } from './deadline.ts';
import type { Decoder } from './decode/decoder.ts';
import { isTombstone } from './decode/is-tombstone.ts';
import { json } from './decode/json.ts';
import { describeShape } from './describe.ts';
import { InvalidMessageError, ParallelLambdaError } from './errors.ts';
import type { Message } from './message.ts';
import type { SchemaIssue, SchemaResult, StandardSchema } from './standard-schema.ts';
import { checkOption, checkOptions, checkWork } from './technique/check-options.ts';
import type { WorkContext } from './work.ts';

/** The issues of a message that its error lists; the rest are counted. */
const MAX_ISSUES = 5;
/** Keys can be of the message, where the schema has a record. */
const MAX_PLACE_CHARACTERS = 100;

type MaybeLater<Value> = Value | PromiseLike<Value>;

/** Options for `checked`. */
export interface CheckedOptions {
  /**
   * Turns the message's bytes into the value that the schema validates: one decoder, or several that run in turn.
   * `@parallel-lambda/batch/decode` has ready ones. Your own decoder takes bytes and returns a value or a promise.
   *
   * @default JSON of the message's text
   */
  readonly decode?: Decoder | readonly [Decoder, ...Decoder<never>[]];
}

/**
 * Decodes a message, validates its value with a schema, and gives the value to the work. Use it as the `work` of any
 * technique. A message that cannot be decoded or is invalid fails alone, with an {@link InvalidMessageError}. A Kafka
 * tombstone is the value `null`.
 * @example
 * const order = z.object({ id: z.string(), amount: z.number() });
 * export const handler = batchHandler(promiseWorkers({ work: checked(order, ({ id }) => place(id)) }));
 *
 * @param schema of any library with Standard Schema: zod, valibot, arktype, Effect Schema, …
 * @param work gets what the schema returns, the message and the context
 * @throws {InvalidOptionError} immediately, when the schema, the work or a decoder is invalid
 */
export function checked<Output, Result>(
  schema: StandardSchema<Output>,
  work: (value: Output, message: Message, context: WorkContext) => Result,
  options?: CheckedOptions,
): (message: Message, context: WorkContext) => Result | Promise<Awaited<Result>>;
/** The same for work that declares the type of `message.record`. */
export function checked<Output, SourceRecord, Result>(
  schema: StandardSchema<Output>,
  work: (value: Output, message: Message<SourceRecord>, context: WorkContext) => Result,
  options?: CheckedOptions,
): (message: Message<SourceRecord>, context: WorkContext) => Result | Promise<Awaited<Result>>;
export function checked<Output, SourceRecord, Result>(
  schema: StandardSchema<Output>,
  work: (value: Output, message: Message<SourceRecord>, context: WorkContext) => Result,
  options: CheckedOptions = {},
): (message: Message<SourceRecord>, context: WorkContext) => Result | Promise<Awaited<Result>> {
  checkSchema(schema);
  checkWork('checked', work);
  checkOptions('checked', options, ['decode']);
  const decoders = checkDecoders(options.decode);
  return (message, context) => {
    const decoded = decode(message, decoders, context);
    const result = after(decoded, context, (value) => schema['~standard'].validate(value)) as MaybeLater<
      SchemaResult<Output>
    >;
    return after(result, context, (settled) => work(valueOf(settled, message), message, context)) as
      Result | Promise<Awaited<Result>>;
  };
}

function decode(message: Message, decoders: readonly Decoder<never>[], context: WorkContext): unknown {
  if (decoders.length === 0) {
    const { text } = message;
    return text === '' && isTombstone(message) ? null : json(text, message);
  }
  const { bytes } = message;
  if (bytes.length === 0 && isTombstone(message)) return null;
  return decoders.reduce<unknown>(
    (input, decoder) => after(input, context, (value) => decoder(value as never, message)),
    bytes,
  );
}

/**
 * Continues with a value, or with the value of a promise. A plain value is not awaited: what the work
 * returns may be an Effect, which a promise would hide. After a promise nothing is started past the deadline.
 */
function after<Value>(
  value: MaybeLater<Value>,
  { signal, deadlineMs }: WorkContext,
  next: (value: Value) => unknown,
): unknown {
  if (!isThenable(value)) return next(value);
  return Promise.resolve(value).then((settled) => {
    signal.throwIfAborted();
    if (Date.now() >= (deadlineMs ?? Infinity)) throw new DeadlineReached();
    return next(settled);
  });
}

function valueOf<Output>(result: SchemaResult<Output>, { id }: Message): Output {
  const { issues, ...rest } = Object(result) as {
    readonly issues?: readonly SchemaIssue[];
    readonly value?: Output;
  };
  if (Array.isArray(issues)) {
    const places = issues.slice(0, MAX_ISSUES).map(placeOf).join(', ');
    const more = issues.length > MAX_ISSUES ? ` and ${issues.length - MAX_ISSUES} more` : '';
    const error = new InvalidMessageError(`Message ${id} does not fit its schema: ${places}${more}`);
    throw Object.assign(error, { issues });
  }
  if (issues === undefined && 'value' in rest) return rest.value;
  throw new ParallelLambdaError(
    `The schema returned ${describeShape(result)} for message ${id}, not { value } or { issues }. ` +
      'Use a schema that implements Standard Schema: https://standardschema.dev',
  );
}

/**
 * Returns where a value does not fit, and the rule of the schema that it breaks, where the library names it. Not the library's text: it
 * often quotes the value, and errors reach the log, which never contains a body.
 */
function placeOf({ path = [], code, type }: SchemaIssue): string {
  // A path may be of a class whose own `map` makes something else: arktype's is not empty then.
  const keys = Array.from(path, (part) => String(typeof part === 'object' ? part.key : part));
  const place = keys.join('.').slice(0, MAX_PLACE_CHARACTERS) || 'the value';
  const rule = [code, type].find((name) => typeof name === 'string');
  return rule === undefined ? place : `${place} (${rule})`;
}

function checkSchema(schema: unknown): void {
  const { '~standard': standard } = Object(schema) as {
    readonly '~standard'?: { readonly validate?: unknown };
  };
  const expected = 'a Standard Schema, such as z.object({ … }) of zod';
  checkOption('schema of checked', expected, schema, typeof standard?.validate === 'function');
}

function checkDecoders(decode: unknown): readonly Decoder<never>[] {
  const decoders: readonly unknown[] = decode === undefined ? [] : [decode].flat();
  const isValid = decoders.every((decoder) => typeof decoder === 'function');
  checkOption('decode of checked', 'a function or a list of functions', decode, isValid);
  return decoders as Decoder<never>[];
}

function isThenable<Value>(value: MaybeLater<Value>): value is PromiseLike<Value> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function';
}
