import { describe } from './describe.ts';
import { InvalidOptionError } from './errors.ts';

/** A whole number that a technique is set up with, by an option in code or by an environment variable. */
export interface Setting {
  /** The option's name in code. */
  readonly name: string;
  /** What the code says; `undefined` where it says nothing. */
  readonly option: number | undefined;
  /** The environment variable that overrides the option. */
  readonly variable: string;
  /** What holds where neither says anything. */
  readonly fallback: number;
  /** The largest value allowed; the smallest is 1. */
  readonly most: number;
}

/**
 * The value of a setting: the environment variable's, else the option's, else the fallback. An empty variable
 * counts as not set.
 *
 * @throws {InvalidOptionError} when the value is not a whole number from 1 to `most`
 */
export function readSetting({ name, option, variable, fallback, most }: Setting): number {
  const text = process.env[variable];
  if (text !== undefined && text !== '') {
    if (!/^\d{1,9}$/.test(text)) throw outOfRange(`The environment variable ${variable}`, most, text);
    return inRange(Number(text), `The environment variable ${variable}`, most);
  }
  return inRange(option ?? fallback, name, most);
}

function inRange(value: number, name: string, most: number): number {
  if (!Number.isInteger(value) || value < 1 || value > most) throw outOfRange(name, most, value);
  return value;
}

function outOfRange(name: string, most: number, value: unknown): InvalidOptionError {
  return new InvalidOptionError(`${name} must be a whole number from 1 to ${most}, not ${describe(value)}`);
}
