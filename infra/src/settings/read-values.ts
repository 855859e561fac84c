/** What `cdk.json` and `--context name=value` say; from the command line every value is text. */
export type Context = Readonly<Record<string, unknown>>;

/** A setting that cannot be deployed. Its message is one sentence: what came, and what there is. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** The range and default of a setting that is a whole number. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

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

/**
 * Reads a whole number.
 *
 * @returns nothing when it is not set
 * @throws {SettingsError} when it is no whole number or out of range
 */
export function readNumber(
  context: Context,
  name: string,
  { min, max }: Omit<Range, 'default'>,
): number | undefined {
  const value = context[name];
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max) {
    return number;
  }
  const allowed = min === max ? String(min) : `a whole number from ${min} to ${max}`;
  throw new SettingsError(`${name} must be ${allowed}, not ${JSON.stringify(value)}.`);
}
