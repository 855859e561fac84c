import type { Technique } from '@parallel-lambda/batch';

/**
 * Makes the technique under test, set up with the suite's own work (`@parallel-lambda/conformance/work`) and the
 * given number of workers. What it makes is disposed of after the test where it can be.
 */
export type MakeTechnique = (options: { readonly workers: number }) => Technique & Partial<AsyncDisposable>;
