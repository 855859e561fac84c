import { describeShape } from '../describe.ts';
import { InvalidEventError } from '../errors.ts';

/**
 * Returns a text that a record must have.
 *
 * @param what the record and the field, such as `An SQS record must have a messageId`
 * @throws {InvalidEventError} when the value is empty or not a text
 */
export function requiredText(what: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(what, value);
}

/** Creates the error of a record whose field has another value. */
export function invalid(what: string, value: unknown): InvalidEventError {
  return new InvalidEventError(`${what}, not ${describeShape(value)}`);
}
