import { isMainThread } from 'node:worker_threads';

import type { Message, WorkContext } from '@parallel-lambda/batch';

import { waitAtGate } from './gates.ts';
import { Ledger } from './ledger.ts';
import { readStory, type Act } from './story.ts';
import { StrayRejection } from './stray-rejection.ts';

let inHand: Ledger | undefined;

/**
 * The simulation's work: does what the message's story says of this attempt, and enters it in the ledger. A module,
 * the same for all techniques, since a closure cannot cross to a thread.
 */
export default function work(message: Message, { signal, requestId }: WorkContext): unknown {
  const ledger = (inHand = Ledger.find(inHand));
  const { number, acts } = readStory(message.text);
  const invocation = Number(requestId);
  const attempt = ledger.start(number, invocation);
  const act = acts[attempt] ?? acts.at(-1) ?? { do: 'succeed' };
  const perform = (): unknown => {
    switch (act.do) {
      case 'succeed':
        ledger.succeed(number, invocation);
        return undefined;
      case 'fail':
        throw new Error('failed as told');
      case 'throw undefined':
        throw undefined as unknown as Error;
      case 'heed the signal':
        return untilAborted(signal);
      case 'hang':
        return new Promise(() => undefined);
      case 'leave a stray rejection':
        // It is not done: only who sees the stray has it delivered again.
        ledger.succeed(number, invocation, false);
        void Promise.reject(new StrayRejection(invocation));
        return undefined;
    }
  };
  return act.afterMs === undefined ? perform() : wait(number, act.afterMs).then(perform);
}

/** Here the global timer is the virtual clock's; threads keep Node's own. */
function wait(number: number, ms: NonNullable<Act['afterMs']>): Promise<unknown> {
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
