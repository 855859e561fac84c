import { describe } from '../describe.ts';
import { InvalidOptionError } from '../errors.ts';
import { MAX_MANAGED_TIMEOUT_MS } from '../function-timeout.ts';

/** Names of other libraries for an option. */
const synonyms: Readonly<Record<string, RegExp>> = {
  workers: /concurren|paralle|limit|pool/,
  work: /handler|process|fn|task|callback|run|effect|file/,
};

/**
 * Checks the options of a function while the Lambda function starts.
 *
 * @param name of the function that takes the options, such as `promiseWorkers`
 * @param options as the caller passed them
 * @param known the names of all options of that function
 * @throws {InvalidOptionError} when the options are not an object, or one of them is unknown. The error suggests a name.
 */
export function checkOptions(name: string, options: unknown, known: readonly string[]): void {
  const isObject = typeof options === 'object' && options !== null;
  checkOption(`The options of ${name}`, `an object such as { ${known[0]} }`, options, isObject);
  const unknown = Object.keys(options as object).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  // The last, because `work` is in `maxWorkers` too.
  const similar = known.findLast((key) => isSimilar(unknown.toLowerCase(), key));
  const hint = similar === undefined ? `Its options are ${known.join(', ')}.` : `Did you mean ${similar}?`;
  throw new InvalidOptionError(`Unknown option ${describe(unknown)} of ${name}. ${hint}`);
}

/**
 * Checks one value.
 *
 * @param name such as `size of grouped`
 * @param expected the rest of "`name` must be"
 * @throws {InvalidOptionError} which names the value, unless it is valid
 */
export function checkOption(name: string, expected: string, value: unknown, isValid: boolean): void {
  if (!isValid) throw new InvalidOptionError(`${name} must be ${expected}, not ${describe(value)}.`);
}

/** Checks a whole number. */
export function checkWholeNumber(name: string, value: unknown, min: number, max: number): void {
  const isInRange = Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
  checkOption(name, `a whole number from ${min} to ${max}`, value, isInRange);
}

/** Checks a duration in milliseconds, which is at most the longest timeout of a function. */
export function checkMilliseconds(name: string, value: unknown, min = 0): void {
  const isInRange = typeof value === 'number' && value >= min && value <= MAX_MANAGED_TIMEOUT_MS;
  checkOption(name, `a number of milliseconds from ${min} to ${MAX_MANAGED_TIMEOUT_MS}`, value, isInRange);
}

/** Checks a function. */
export function checkFunction(name: string, value: unknown): void {
  checkOption(name, 'a function', value, typeof value === 'function');
}

/**
 * Checks the option `work` while the Lambda function starts.
 *
 * @param name of the function that takes the option, such as `promiseWorkers`
 * @throws {InvalidOptionError} when it is not a function, or a generator function, whose body would never run
 */
export function checkWork(name: string, work: unknown): void {
  const isGenerator = Object.prototype.toString.call(work).includes('Generator');
  const expected = 'a function of a message, such as async ({ text }) => { … }';
  checkOption(`work of ${name}`, expected, work, typeof work === 'function' && !isGenerator);
}

function isSimilar(unknown: string, name: string): boolean {
  const known = name.toLowerCase();
  return (
    synonyms[name]?.test(unknown) === true ||
    // Such as `maxWorkers` for `workers`, or `gracePeriod` for `graceMs`.
    unknown.includes(known.replace(/m?s$/, '')) ||
    distance(unknown, known) <= known.length / 3
  );
}

/** Returns how many letters only one of the words has. */
function distance(one: string, other: string): number {
  let rest = other;
  for (const letter of one) rest = rest.replace(letter, '');
  return one.length - other.length + 2 * rest.length;
}
