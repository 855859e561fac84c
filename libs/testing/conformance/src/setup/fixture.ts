import type { Outcome, Technique } from '@parallel-lambda/batch';
import type { Batch } from '@parallel-lambda/batch/technique';
import { vi } from 'vitest';

import { Recorder } from '../recorder/recorder.ts';
import { batchOf, type TaskSpec } from '../sources/batch-of.ts';
import type { SourceUnderTest } from '../sources/sources-under-test.ts';
import { invocationOf, manualDeadline, type ManualDeadline } from './manual-deadline.ts';

/**
 * Makes the technique under test, with the suite's own work (`@parallel-lambda/conformance/work`) and the given number
 * of workers. The suite disposes of the technique after the test if it is `AsyncDisposable`.
 */
export type MakeTechnique = (options: { readonly workers: number }) => Technique & Partial<AsyncDisposable>;

/** Options for `conformance`. */
export interface ConformanceOptions {
  /**
   * True if the technique uses threads. Then a batch may wait for the threads of the batch before it, and properties are
   * checked with fewer batches, because stopping a message costs a thread.
   * @default false
   */
  readonly threads?: boolean;
  /**
   * True if the technique holds messages back when all fail, as `adaptive` workers do. Then the behaviours of which every message
   * fails are not checked.
   * @default false
   */
  readonly holdsBack?: boolean;
}

/** A technique under test and the recorder that observes its messages. */
export interface Fixture extends AsyncDisposable {
  readonly recorder: Recorder;
  readonly technique: Technique;
  /** Processes a batch of these tasks. */
  readonly run: (
    tasks: readonly TaskSpec[],
    options?: {
      readonly deadline?: ManualDeadline;
      /** The number of the first task; give it to each further batch of one test. @default 0 */
      readonly first?: number;
      /** @default SQS, or SQS FIFO if a task has a lane */
      readonly source?: SourceUnderTest;
    },
  ) => Promise<readonly Outcome[]>;
  /** Processes a batch. */
  readonly runBatch: (batch: Batch, deadline?: ManualDeadline) => Promise<readonly Outcome[]>;
}

/**
 * Makes a recorder, then the technique: threads find the recorder only if it exists when they start.
 *
 * @param recorder required if a test makes several techniques, because work reports to the recorder made last
 * @returns the fixture; dispose of it after the test
 */
export function makeFixture(
  makeTechnique: MakeTechnique,
  options: { readonly workers: number },
  recorder: Recorder = new Recorder(),
): Fixture {
  for (const variable of ['WORKERS', 'THREADS']) vi.stubEnv(variable, undefined);
  const technique = makeTechnique(options);
  const runBatch: Fixture['runBatch'] = (batch, deadline = manualDeadline()) =>
    technique(batch, invocationOf(deadline));
  return {
    recorder,
    technique,
    run: (tasks, { deadline, first, source } = {}) => runBatch(batchOf(tasks, first, source), deadline),
    runBatch,
    [Symbol.asyncDispose]: async () => {
      vi.unstubAllEnvs();
      // Work that the test abandoned ends here, not during the next test.
      recorder.openAll();
      await technique[Symbol.asyncDispose]?.();
    },
  };
}
