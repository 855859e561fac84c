/**
 * Checks an option.
 *
 * @returns the value
 * @throws {RangeError} when it is not an integer of that range
 */
export function integerWithin(name: string, value: number, lowest: number, highest: number): number {
  if (Number.isInteger(value) && value >= lowest && value <= highest) return value;
  throw new RangeError(`${name} must be an integer from ${lowest} to ${highest}, not ${value}`);
}
