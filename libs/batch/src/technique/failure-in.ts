import { ParallelLambdaError } from '../errors.ts';
import { attempt, hasMethods, isObject, keysOf, readProperty } from '../read-property.ts';

/** Properties by which responses of batch handlers and of the AWS SDK report entries that failed, or a function that did. */
const REPORTS = /^(batchItemFailures|Failed|Unprocessed|Errors|FunctionError)/;

/**
 * Returns the failure that a value of the work means, although it was returned and not thrown: an error, a `Response` whose
 * `ok` is false, a Result or an Either with an error, a rejected entry of `Promise.allSettled`, or a response of the AWS SDK or of
 * a batch handler that reports failures. A property that cannot be read does not hide the others.
 *
 * @param isInList true for a member of an array
 * @returns the error; `undefined` for any other value
 */
export function failureIn(value: object, isInList: boolean): { readonly error: unknown } | undefined {
  if (isError(value)) return { error: value };
  const get = (name: string): unknown => readProperty(value, name);
  const [ok, error, status, tag] = ['ok', 'error', 'status', '_tag'].map(get);
  const isFailure =
    // Results and Eithers of neverthrow, true-myth and purify.
    [get('isErr'), get('isLeft')].some(
      (is) => (typeof is === 'function' ? attempt(() => is.call(value) as unknown) : is) === true,
    ) ||
    // Those of fp-ts and Effect.
    tag === 'Left' ||
    (tag === 'Failure' && attempt(() => 'failure' in value) === true) ||
    // What `safeParse` of zod returns, and Results of plain data.
    ((ok ?? get('success')) === false && isError(error)) ||
    // The reason of data, such as a rejected order, is a text.
    (status === 'rejected' &&
      (isInList || isObject(get('reason'))) &&
      String(keysOf(value)) === 'status,reason');
  if (isFailure) return { error: error ?? get('left') ?? get('failure') ?? get('reason') };
  const isReport = Boolean(get('$metadata') ?? get('batchItemFailures'));
  const report =
    ok === false && hasMethods(value, 'arrayBuffer')
      ? `the status ${status as number}`
      : isReport && keysOf(value).find((name) => REPORTS.test(name) && isSome(get(name)));
  if (!report) return undefined;
  const text = `The work returned a response with ${report}. Throw an error, or return nothing.`;
  // By the status, `adaptive` workers see that a service is overloaded.
  return { error: Object.assign(new ParallelLambdaError(text), { status }) };
}

function isError(value: unknown): boolean {
  return attempt(() => value instanceof Error) === true;
}

/** Returns whether a list, an object, a text or a number is not empty. */
function isSome(value: unknown): boolean {
  return isObject(value) ? keysOf(value).length > 0 : Boolean(value);
}
