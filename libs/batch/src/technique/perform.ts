import { InvalidMessageError } from '../errors.ts';
import type { BatchMessage } from '../message.ts';
import type { Work, WorkContext } from '../work.ts';

/**
 * Calls the work with a message, unless the message must fail without it.
 *
 * @returns what the work returns
 * @throws {InvalidMessageError} when the message is refused; else whatever the work throws
 */
export function perform(work: Work, message: BatchMessage, context: WorkContext): unknown {
  if (message.refusal !== undefined) throw new InvalidMessageError(message.refusal);
  return work(message, context);
}
