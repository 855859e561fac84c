import type { InvocationInfo, Outcome, Technique } from '@parallel-lambda/batch';
import { contextOf } from '@parallel-lambda/batch/technique';
import { manualDeadline } from '@parallel-lambda/conformance';

import { batchOf } from './batch-of.ts';

/** Processes a batch of messages with these texts. */
export function process(
  technique: Technique,
  texts: readonly string[],
  info: Partial<InvocationInfo> = {},
  deadline = manualDeadline(),
): Promise<readonly Outcome[]> {
  return technique(batchOf(texts), { deadline, context: contextOf(info, deadline.signal) });
}
