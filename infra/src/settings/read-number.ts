import type { Context } from './context.ts';
import type { Range } from './range.ts';
import { SettingsError } from './settings-error.ts';

/**
 * Reads a whole number.
 *
 * @returns nothing when it is not set
 * @throws {SettingsError} when it is no whole number or out of range
 */
export function readNumber(
  context: Context,
  name: string,
  { least, most }: Omit<Range, 'usual'>,
): number | undefined {
  const value = context[name];
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most) {
    return number;
  }
  const allowed = least === most ? String(least) : `a whole number from ${least} to ${most}`;
  throw new SettingsError(`${name} must be ${allowed}, not ${JSON.stringify(value)}.`);
}
