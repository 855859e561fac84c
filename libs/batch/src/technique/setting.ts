import { checkWholeNumber } from './check-options.ts';

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
export function readSetting({ name, variable, fallback, max, option = fallback }: Setting): number {
  const text = process.env[variable] ?? '';
  // Only digits: `Number` also reads '1e3' and ' 7'.
  const value = text === '' ? option : /^\d+$/.test(text) ? Number(text) : text;
  checkWholeNumber(text === '' ? name : `The environment variable ${variable}`, value, 1, max);
  return value as number;
}
