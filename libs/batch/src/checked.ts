import { describe } from './describe.ts';
import { InvalidMessageError } from './errors.ts';
import type { Message } from './message.ts';
import type { StandardSchema } from './standard-schema.ts';
import type { WorkContext } from './work.ts';

/**
 * Work on the value of a message's text instead of the text: JSON that a schema has checked. It stands where the work
 * stands, so it is the same in every technique. A message that does not fit fails alone.
 *
 * @example
 * const order = z.object({ id: z.string(), amount: z.number() });
 * export const handler = batchHandler(promiseWorkers({ work: checked(order, ({ id }) => place(id)) }));
 *
 * @param schema of any library that speaks Standard Schema: zod, valibot, arktype, Effect Schema, …
 * @param work gets what the schema gives, the message and the context
 */
export function checked<Output, SourceRecord = unknown, Result = unknown>(
  schema: StandardSchema<Output>,
  work: (value: Output, message: Message<SourceRecord>, context: WorkContext) => Result,
): (message: Message<SourceRecord>, context: WorkContext) => Result | Promise<Awaited<Result>> {
  return (message, context) => {
    const result = schema['~standard'].validate(parse(message));
    // Not awaited where it need not be: what the work returns may be an Effect, which a promise would hide.
    return result instanceof Promise
      ? (result.then((settled) => work(valueOf(settled, message), message, context)) as Promise<
          Awaited<Result>
        >)
      : work(valueOf(result, message), message, context);
  };
}

type Result<Output> = Exclude<ReturnType<StandardSchema<Output>['~standard']['validate']>, Promise<unknown>>;

function valueOf<Output>(result: Result<Output>, { id }: Message): Output {
  if (!result.issues) return result.value;
  const issues = result.issues.map(({ message, path = [] }) => {
    // A path may be of a class that makes something else of its own `map`: arktype's is not empty then.
    const place = Array.from(path, (part) => String(typeof part === 'object' ? part.key : part)).join('.');
    return place === '' ? message : `${place}: ${message}`;
  });
  throw new InvalidMessageError(`Message ${id} does not fit its schema: ${issues.join('; ')}`);
}

function parse({ id, text }: Message): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new InvalidMessageError(`Message ${id} must be JSON, not ${describe(text)}`, { cause });
  }
}
