import * as fc from 'fast-check';

const seed = 20_261_123;

/** Milliseconds, the timeout of a test with a property: on a busy machine hundreds of batches take longer than one gate may. */
export const propertyTimeoutMs = 120_000;

/** Shorter than the test's timeout, so that a failure is reported even if shrinking it takes long. */
const maxDurationMs = propertyTimeoutMs - 5_000;

/**
 * Checks a property with many values, the same ones in every run. A failure prints the seed, the path to the smallest
 * counterexample, and that value.
 *
 * @param numRuns the number of values
 * @default numRuns 100
 */
export function seededProperty<T extends unknown[]>(
  property: fc.IAsyncProperty<T>,
  numRuns = 100,
): Promise<void> {
  return fc.assert(property, {
    seed,
    numRuns,
    interruptAfterTimeLimit: maxDurationMs,
    markInterruptAsFailure: true,
    verbose: fc.VerbosityLevel.Verbose,
  });
}
