import { ParallelLambdaError } from '../errors.ts';

/** Properties by which responses of batch handlers and of the AWS SDK report entries that failed, or a function that did. */
const REPORTS = /^(batchItemFailures|Failed|Unprocessed|Errors|FunctionError)/;

/** Properties of a value that work returned. */
type Returned = Readonly<Record<string, unknown>>;

/**
 * Returns the failure that a value of the work means, although it was returned and not thrown: an error, a `Response` whose
 * `ok` is false, a Result or an Either with an error, a rejected entry of `Promise.allSettled`, or a response of the AWS SDK or of
 * a batch handler that reports failures.
 *
 * @returns the error; `undefined` for any other value
 */
export function failureIn(value: object): { readonly error: unknown } | undefined {
  const returned = value as Returned;
  if (value instanceof Error) return { error: value };
  const { ok, status, error, left, failure, reason } = returned;
  if (isFailure(returned)) return { error: error ?? left ?? failure ?? reason };
  const isReport = '$metadata' in value || 'batchItemFailures' in value;
  const report =
    ok === false && hasMethods(value, 'arrayBuffer')
      ? `the status ${status as number}`
      : isReport && Object.keys(value).find((name) => REPORTS.test(name) && isSome(returned[name]));
  if (!report) return undefined;
  const text = `The work returned a response with ${report}. Throw an error, or return nothing.`;
  // By the status, `adaptive` workers see that a service is overloaded.
  return { error: Object.assign(new ParallelLambdaError(text), { status }) };
}

/** Reads the types of neverthrow, fp-ts, purify and Effect, and `Promise.allSettled`. */
function isFailure(value: Returned): boolean {
  const { _tag, status } = value;
  return (
    ['isErr', 'isLeft'].some(
      (name) => hasMethods(value, name) && (value[name] as () => unknown)() === true,
    ) ||
    (_tag === 'Left' && 'left' in value) ||
    (_tag === 'Failure' && 'failure' in value) ||
    (status === 'rejected' && 'reason' in value && Object.keys(value).length === 2)
  );
}

/** Returns whether a list, an object, a text or a number is not empty. */
function isSome(value: unknown): boolean {
  return Number(value) > 0 || Object.keys(Object(value) as object).length > 0;
}

/** Returns whether an object has all of these methods. */
export function hasMethods(value: object, ...names: readonly PropertyKey[]): boolean {
  return names.every((name) => typeof (value as Readonly<Record<PropertyKey, unknown>>)[name] === 'function');
}
