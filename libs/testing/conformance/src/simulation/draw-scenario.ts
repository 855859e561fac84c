import type { Random } from '@parallel-lambda/event-sources';

import type { Attempt, Scenario } from './scenario.ts';
import { deadlineMs, timeoutMs } from './timing.ts';

/** Average number of messages per batch with each fault, for any batch size. */
const faultsPerBatch = {
  failing: 0.8,
  notRun: 0.2,
  late: 0.15,
  lateSchema: 0.05,
  poisoned: 0.08,
  hanging: 0.1,
  aborting: 0.1,
  unhandled: 0.04,
  // Last, so that a seed gives the same messages without them.
  givingUp: 1.5,
  retryingLater: 0.8,
};

/** Errors with which work fails immediately. */
const failures = ['fail', 'fail', 'throw undefined', 'throw an error with a large response'] as const;

/** Values that work returns instead of running them. */
const notRun = ['return an Effect', 'return a generator', 'return a function'] as const;

type MessageFault = keyof typeof faultsPerBatch;

/** Faults that cost a technique with threads real time: it waits for the deadline, or replaces a thread. */
const slow: ReadonlySet<MessageFault> = new Set<MessageFault>([
  'late',
  'lateSchema',
  'hanging',
  'aborting',
  'unhandled',
]);

/** Faults that a redelivery turns into calls of the source. */
const fates: ReadonlySet<MessageFault> = new Set<MessageFault>(['givingUp', 'retryingLater']);
const maxDelaySeconds = 20;

/** The maximum share of messages with one fault in a small batch. */
const maxShare = 0.25;
const maxWaitMs = 40;

/** Frequency of faults in a round. */
export interface FaultRates {
  readonly batchSize: number;
  /** The maximum share of messages with one of the faults that cost threads real time, 0 to 1. */
  readonly maxSlowShare: number;
  /** True if messages ask to be parked or delayed. */
  readonly fates: boolean;
}

/** Draws the events of a message. */
export function drawScenario(number: number, random: Random, rates: FaultRates): Scenario {
  const fault = drawFault(random, (kind, perBatch) => {
    if (fates.has(kind) && !rates.fates) return 0;
    return Math.min(perBatch / rates.batchSize, maxShare, slow.has(kind) ? rates.maxSlowShare : 1);
  });
  const wait = (): Pick<Attempt, 'afterMs'> =>
    random() < 0.5 ? {} : { afterMs: 1 + Math.floor(random() * maxWaitMs) };
  const count = 1 + Math.floor(random() * 3);
  const repeat = (attempt: () => Attempt): Attempt[] => Array.from({ length: count }, attempt);
  const pick = <T>(choices: readonly [T, ...T[]]): T =>
    choices[Math.floor(random() * choices.length)] ?? choices[0];
  /** Between a moment before the deadline and one after Lambda's timeout. */
  const around = (): number => Math.floor(deadlineMs / 2 + random() * timeoutMs);
  const attempts = faultyAttempts();
  return {
    number,
    attempts:
      fault === 'poisoned' || fault === 'givingUp' ? attempts : [...attempts, { do: 'succeed', ...wait() }],
  };

  function faultyAttempts(): readonly Attempt[] {
    switch (fault) {
      case undefined:
        return [];
      case 'failing':
        return repeat(() => ({ do: pick(failures), ...wait() }));
      case 'notRun':
        return repeat(() => ({ do: pick(notRun), ...wait() }));
      case 'poisoned':
        return [{ do: 'fail', ...wait() }];
      case 'givingUp':
        return [
          ...(random() < 0.5 ? [] : repeat(() => ({ do: pick(failures), ...wait() }))),
          { do: random() < 0.5 ? 'give up' : 'give up because of another error', ...wait() },
        ];
      case 'retryingLater':
        return repeat(() => ({
          do: 'retry later',
          seconds: Math.floor(random() * maxDelaySeconds),
          ...wait(),
        }));
      case 'late':
        return [{ do: 'succeed', afterMs: around() }];
      case 'lateSchema':
        return [{ do: 'succeed behind a slow schema', afterMs: around() }];
      case 'hanging':
        return repeat(() => ({ do: random() < 0.5 ? 'hang' : 'hang in a schema' }));
      case 'aborting':
        return repeat(() => ({ do: 'reject on abort', ...wait() }));
      case 'unhandled':
        return [
          {
            do: random() < 0.5 ? 'leave a rejection unhandled' : 'leave a late rejection unhandled',
            ...wait(),
          },
        ];
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
