import type { Random } from '@parallel-lambda/event-sources';

import type { Attempt, Scenario } from './scenario.ts';
import { deadlineMs, timeoutMs } from './timing.ts';

/** How many messages per batch have each fault, on average, whatever the batch size. */
const faultsPerBatch = {
  failing: 0.8,
  late: 0.15,
  poisoned: 0.08,
  hanging: 0.1,
  aborting: 0.1,
  unhandled: 0.04,
};

type MessageFault = keyof typeof faultsPerBatch;

/** Faults that cost a technique with threads real time: it waits for the deadline, or replaces a thread. */
const slow: ReadonlySet<MessageFault> = new Set<MessageFault>(['late', 'hanging', 'aborting', 'unhandled']);

/** The maximum share of messages with one fault in a small batch. */
const maxShare = 0.25;
const maxWaitMs = 40;

/** How frequent faults are in a round. */
export interface FaultRates {
  readonly batchSize: number;
  /** The maximum share of messages with one of the faults that cost threads real time, 0 to 1. */
  readonly maxSlowShare: number;
}

/** Draws what happens to a message. */
export function drawScenario(
  number: number,
  random: Random,
  { batchSize, maxSlowShare }: FaultRates,
): Scenario {
  const fault = drawFault(random, (kind, perBatch) =>
    Math.min(perBatch / batchSize, maxShare, slow.has(kind) ? maxSlowShare : 1),
  );
  const wait = (): Pick<Attempt, 'afterMs'> =>
    random() < 0.5 ? {} : { afterMs: 1 + Math.floor(random() * maxWaitMs) };
  const count = 1 + Math.floor(random() * 3);
  const repeat = (attempt: () => Attempt): Attempt[] => Array.from({ length: count }, attempt);
  const attempts = faultyAttempts();
  return {
    number,
    attempts: fault === 'poisoned' ? attempts : [...attempts, { do: 'succeed', ...wait() }],
  };

  function faultyAttempts(): readonly Attempt[] {
    switch (fault) {
      case undefined:
        return [];
      case 'failing':
        return repeat(() => ({ do: random() < 0.8 ? 'fail' : 'throw undefined', ...wait() }));
      case 'poisoned':
        return [{ do: 'fail', ...wait() }];
      case 'late':
        // Between a moment before the deadline and one after Lambda's timeout.
        return [{ do: 'succeed', afterMs: Math.floor(deadlineMs / 2 + random() * timeoutMs) }];
      case 'hanging':
        return repeat(() => ({ do: 'hang' }));
      case 'aborting':
        return repeat(() => ({ do: 'reject on abort', ...wait() }));
      case 'unhandled':
        return [{ do: 'leave a rejection unhandled', ...wait() }];
    }
  }
}

function drawFault(
  random: Random,
  chanceOf: (fault: MessageFault, perBatch: number) => number,
): MessageFault | undefined {
  let left = random();
  for (const [fault, perBatch] of Object.entries(faultsPerBatch) as [MessageFault, number][]) {
    left -= chanceOf(fault, perBatch);
    if (left < 0) return fault;
  }
  return undefined;
}
