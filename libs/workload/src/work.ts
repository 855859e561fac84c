import { DeadlineReached, type Message, type WorkContext } from '@parallel-lambda/batch';

import { parseSteps } from './parse-steps.ts';
import { runStep } from './run-step.ts';

/**
 * The work of the three functions: does the steps that a message's text lists, one after another, until one
 * fails. The text is checked as a whole before the first step is begun.
 *
 * @example
 * export const handler = batchHandler(promiseWorkers({ work }));
 *
 * @throws {InvalidStepError} when the text is not a step or a list of steps
 * @throws {DeadlineReached} when the deadline is reached between two steps
 */
export async function work(message: Message, context: WorkContext): Promise<void> {
  const steps = parseSteps(message.text);
  for (const step of steps) {
    heedDeadline(context);
    await runStep(step, message, context);
  }
}

/** Reads the clock too: while steps that compute follow one another, no timer fires that could abort the signal. */
function heedDeadline({ signal, deadlineMs }: WorkContext): void {
  signal.throwIfAborted();
  if (deadlineMs !== undefined && Date.now() >= deadlineMs) throw new DeadlineReached();
}
