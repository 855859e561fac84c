/** Settings from `cdk.json` and `--context name=value`. From the command line, every value is text. */
export type Context = Readonly<Record<string, unknown>>;

/** Error about a setting. Its message is one sentence: what was received, and what is allowed. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** The range and default of a whole number. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/**
 * Reads one of several words.
 *
 * @param choices the first is the default
 * @throws {SettingsError} if it is none of them
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
 * @returns `undefined` if it is not set
 * @throws {SettingsError} if it is not a whole number, or out of range
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

/** Items of a list that {@link readList} accepts. */
export interface ListRules {
  readonly pattern: RegExp;
  /** Maximum items. */
  readonly max: number;
  /** Describes the items, for the error. */
  readonly what: string;
}

/**
 * Reads a list, separated by commas.
 *
 * @throws {SettingsError} if it is missing, or has an item that does not match
 */
export function readList(
  context: Context,
  name: string,
  { pattern, max, what }: ListRules,
): readonly string[] {
  const value = context[name];
  const items = typeof value === 'string' ? value.split(',') : [];
  if (items.length > 0 && items.length <= max && items.every((item) => pattern.test(item))) return items;
  throw new SettingsError(`${name} must be 1 to ${max} ${what}, separated by commas, not ${shown(value)}.`);
}

/** Returns a value as an error shows it. */
export function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
