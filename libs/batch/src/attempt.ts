import type { Message } from './message.ts';
import { succeeded, type Outcome } from './outcome.ts';
import type { Work, WorkContext } from './work.ts';

/**
 * Works on one message. Never rejects: whatever `work` throws or rejects with is the outcome.
 *
 * @returns `succeeded` or `failed`; settles when `work` does
 */
export async function attempt(work: Work, message: Message, context: WorkContext): Promise<Outcome> {
  try {
    await work(message, context);
    return succeeded;
  } catch (error) {
    return { status: 'failed', error };
  }
}
