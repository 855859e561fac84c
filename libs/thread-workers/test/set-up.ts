import type { InvocationInfo, Outcome, Technique } from '@parallel-lambda/batch';
import { contextOf, type Batch, type Logger } from '@parallel-lambda/batch/technique';
import { manualDeadline } from '@parallel-lambda/conformance';
import { onTestFinished } from 'vitest';

import { threadWorkers, type ThreadTechnique } from '../src/index.ts';
import { batchOf } from './batch-of.ts';

export const fixture = (file: string): URL => new URL(`./fixtures/${file}`, import.meta.url);

/** Creates thread workers with a work module of `fixtures`. Their threads are terminated after the test. */
export function make(threads = 1, file = 'work.ts', workers = 8): ThreadTechnique {
  const technique = threadWorkers({ work: fixture(file), threads, workers });
  onTestFinished(() => technique[Symbol.asyncDispose]());
  return technique;
}

/** Processes a batch of messages with these texts. */
export function run(
  technique: Technique,
  texts: readonly string[],
  {
    batch = batchOf(texts),
    lanes = batch.lanes,
    deadline = manualDeadline(),
    info = {},
    logger = console,
  }: Partial<Run> = {},
): Promise<readonly Outcome[]> {
  const context = contextOf({ awsRequestId: 'r1', ...info }, deadline.signal);
  return technique({ ...batch, lanes }, { deadline, context, logger });
}

interface Run extends Pick<Batch, 'lanes'> {
  readonly batch: Batch;
  readonly deadline: ReturnType<typeof manualDeadline>;
  readonly info: Partial<InvocationInfo>;
  readonly logger: Logger;
}
