import { grouped, retried, within, type Message, type Work, type WorkContext } from '@parallel-lambda/batch';

import { Observer } from '../recorder/observer.ts';
import type { ActionInput } from './action-input.ts';
import { readTask } from './task.ts';

/** Actions whose work is in a wrapper. */
export const wrappedActions = {
  /** Fails twice, then succeeds. Each attempt is an event. */
  'succeed at the third attempt': ({ message, context, observer }: ActionInput) => {
    let attempts = 0;
    const work: Work = retried({ times: 2, firstMs: 0 }, () => {
      observer.recordEvent();
      attempts += 1;
      if (attempts < 3) throw new Error(`attempt ${attempts} failed`);
    });
    return work(message, context);
  },

  /** Fails, and would be retried only after the deadline. */
  'fail without time for a retry': ({ message, context }: ActionInput) => {
    const work: Work = retried({ firstMs: 900_000 }, () => {
      throw new Error('the first attempt failed');
    });
    return work(message, { ...context, deadlineMs: Date.now() });
  },

  /** Rejects an attempt, and waits for the next one, when the signal is aborted. */
  'retry until the signal is aborted': ({ message, context }: ActionInput) =>
    retriedOnAbort(message, context),

  /** Hangs and ignores the signal, with a time limit of a millisecond. */
  'exceed a time limit': ({ message, context }: ActionInput) => hanging(message, context),

  /** Rejects when the signal is aborted, with a time limit that is not reached. */
  'reject on abort within a time limit': ({ message, context }: ActionInput) =>
    within(900_000, rejectOnAbort)(message, context),

  /** Is processed in a group of 25, which is an event. Fails if the number of its task is 7 modulo 100. */
  'join a group of 25': ({ message, context }: ActionInput) => group25(message, context),

  /** Is processed in a group of 2. */
  'join a pair': ({ message, context }: ActionInput) => pair(message, context),

  /** Waits for a group that no other message joins. */
  'wait for a group': ({ message, context }: ActionInput) => endlessGroup(message, context),
} as const;

const retriedOnAbort: Work = retried({ times: 100, firstMs: 0 }, rejectOnAbort);

const hanging: Work = within(1, () => new Promise<void>(() => undefined));

const group25: Work = grouped({ size: 25, waitMs: 1_000 }, (messages: readonly Message[]) => {
  const numbers = messages.map(({ text }) => readTask(text).task.number);
  new Observer(numbers[0] ?? 0).recordEvent();
  return numbers.map((number) => (number % 100 === 7 ? new Error('failed on purpose') : undefined));
});

const pair: Work = grouped({ size: 2, waitMs: 1 }, async () => {
  await new Promise((resolve) => setImmediate(resolve));
});

const endlessGroup: Work = grouped({ size: 25, waitMs: 900_000 }, () => {
  throw new Error('The group was processed');
});

function rejectOnAbort(_: Message, { signal }: WorkContext): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
    if (signal.aborted) reject(signal.reason as Error);
  });
}
