import type { Context } from './context.ts';
import { SettingsError } from './settings-error.ts';

/**
 * Reads one of several words.
 *
 * @param choices the first is what it is when it is not set
 * @throws {SettingsError} when it is none of them
 */
export function readChoice<Choice extends string>(
  context: Context,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const value = context[name];
  if (value === undefined) return choices[0];
  const choice = choices.find((each) => each === value);
  if (choice !== undefined) return choice;
  throw new SettingsError(`${name} must be ${choices.join(' or ')}, not ${JSON.stringify(value)}.`);
}
