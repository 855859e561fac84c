import { describe } from '../describe.ts';
import { InvalidOptionError } from '../errors.ts';

/** A whole number that is set by an option in code or by an environment variable. */
export interface Setting {
  /** The name of the option. */
  readonly name: string;
  /** The value of the option; `undefined` if it is not given. */
  readonly option: number | undefined;
  /** The name of the environment variable, which overrides the option. */
  readonly variable: string;
  /** The default. */
  readonly fallback: number;
  /** The largest value allowed; the smallest is 1. */
  readonly max: number;
}

/**
 * Returns the value of a setting: from the environment variable, else from the option, else the default. An empty
 * variable counts as not set.
 *
 * @throws {InvalidOptionError} when the value is not a whole number from 1 to `max`
 */
export function readSetting({ name, option, variable, fallback, max }: Setting): number {
  const text = process.env[variable];
  if (text !== undefined && text !== '') {
    if (!/^\d{1,9}$/.test(text)) throw outOfRange(`The environment variable ${variable}`, max, text);
    return inRange(Number(text), `The environment variable ${variable}`, max);
  }
  return inRange(option ?? fallback, name, max);
}

function inRange(value: number, name: string, max: number): number {
  if (!Number.isInteger(value) || value < 1 || value > max) throw outOfRange(name, max, value);
  return value;
}

function outOfRange(name: string, max: number, value: unknown): InvalidOptionError {
  return new InvalidOptionError(`${name} must be a whole number from 1 to ${max}, not ${describe(value)}`);
}
