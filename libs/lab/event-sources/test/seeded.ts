import * as fc from 'fast-check';

/** The same values in every run; a red one prints how it is run again. */
export const seeded = { seed: 20_261_123, numRuns: 200, verbose: fc.VerbosityLevel.Verbose } as const;
