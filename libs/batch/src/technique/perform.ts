import type { BatchMessage } from '../message.ts';
import type { Work, WorkContext } from '../work.ts';

/**
 * Calls the work with a message.
 *
 * @returns what the work returns
 * @throws whatever the work throws
 */
export function perform(work: Work, message: BatchMessage, context: WorkContext): unknown {
  return work(message, context);
}
