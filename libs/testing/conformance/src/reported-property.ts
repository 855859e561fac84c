import * as fc from 'fast-check';

const seed = 20_261_123;

/** Less than the test's own timeout: what is found by then is reported, however long it would take to make it smaller. */
const longestMs = 25_000;

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
  return fc.assert(property, {
    seed,
    numRuns,
    interruptAfterTimeLimit: longestMs,
    markInterruptAsFailure: true,
    verbose: fc.VerbosityLevel.Verbose,
  });
}
