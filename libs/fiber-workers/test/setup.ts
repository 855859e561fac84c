import type { Outcome } from '@parallel-lambda/batch';
import {
  batchOf,
  invocationOf,
  manualDeadline,
  times,
  type ManualDeadline,
} from '@parallel-lambda/conformance';

import type { FiberTechnique } from '../src/index.ts';

/** Starts a batch of messages. */
export function start(
  technique: FiberTechnique,
  messages = 1,
): { readonly running: Promise<readonly Outcome[]>; readonly deadline: ManualDeadline } {
  const deadline = manualDeadline();
  return { running: technique(batchOf(times(messages, 'succeed')), invocationOf(deadline)), deadline };
}
