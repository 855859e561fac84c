import * as fc from 'fast-check';

const seed = 20_261_123;

/**
 * Tries a property on many values: the same values in every run, since the seed is fixed. A red run prints the
 * seed, the path to the smallest value that it found, and that value.
 *
 * @param numRuns how many values
 * @default numRuns 100
 */
export function reportedProperty<T extends unknown[]>(
  property: fc.IAsyncProperty<T>,
  numRuns = 100,
): Promise<void> {
  return fc.assert(property, { seed, numRuns, verbose: fc.VerbosityLevel.Verbose });
}
