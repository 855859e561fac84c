import { isMainThread } from 'node:worker_threads';

import type { Message, Work, WorkContext } from '@parallel-lambda/batch';

import { AttemptLog } from './attempt-log.ts';
import { waitAtGate } from './gates.ts';
import { InjectedRejection } from './injected-rejection.ts';
import { type Attempt, readScenario } from './scenario.ts';

let known: AttemptLog | undefined;

/**
 * The simulation's work: performs the next attempt of the message's scenario and records it in the attempt log. It is a
 * module, the same for all techniques, because a closure cannot be passed to a thread.
 */
export default function work(message: Message, { signal, awsRequestId }: WorkContext): ReturnType<Work> {
  const attemptLog = (known = AttemptLog.find(known));
  const { number, attempts } = readScenario(message.text);
  const invocation = Number(awsRequestId);
  const earlier = attemptLog.start(number, invocation);
  const attempt = attempts[earlier] ?? attempts.at(-1) ?? { do: 'succeed' };
  const perform = (): ReturnType<Work> => {
    switch (attempt.do) {
      case 'succeed':
        attemptLog.succeed(number, invocation);
        return undefined;
      case 'fail':
        throw new Error('failed on purpose');
      case 'throw undefined':
        throw undefined as unknown as Error;
      case 'reject on abort':
        return untilAborted(signal);
      case 'hang':
        return new Promise<undefined>(() => undefined);
      case 'leave a rejection unhandled':
        // Not a success: the unhandled rejection must cause a redelivery.
        attemptLog.succeed(number, invocation, false);
        void Promise.reject(new InjectedRejection(invocation));
        return undefined;
    }
  };
  return attempt.afterMs === undefined ? perform() : wait(number, attempt.afterMs).then(perform);
}

/** The main thread has the virtual clock; threads keep the timers of Node.js. */
function wait(number: number, ms: NonNullable<Attempt['afterMs']>): Promise<unknown> {
  return isMainThread ? new Promise((resolve) => setTimeout(resolve, ms)) : waitAtGate(number, ms);
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });
}
