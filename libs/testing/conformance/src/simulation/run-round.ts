import { drain, type Fault, type Random, seededRandom } from '@parallel-lambda/event-sources';

import { maxMessages } from './attempt-log.ts';
import { drawScenario } from './draw-scenario.ts';
import { findViolations, type SentScenario } from './find-violations.ts';
import { writeScenario } from './scenario.ts';
import type { SimulatedFunction } from './simulated-function.ts';
import type { OpenSource, SimulatedSource } from './simulated-sources.ts';
import { timeoutMs } from './timing.ts';
import type { Totals } from './totals.ts';

/** Options for `runRound`. */
export interface RoundOptions {
  /** An integer. It determines everything except the timing of threads. */
  readonly seed: number;
  /** The maximum batch size, if the source allows it. */
  readonly largestBatch: number;
  /** The maximum share of messages with one of the faults that cost threads real time, 0 to 1. */
  readonly maxSlowShare: number;
}

/** How an invocation is lost. */
const faults: readonly Fault[] = ['killed', 'timeout', 'error'];
const faultChance = 0.05;

/** More than any message needs, so that reaching it is a fault. */
const maxInvocationsPerMessage = 50;

/**
 * Sends messages to a source with random settings, lets the function drain it while some of its environments are lost,
 * and checks the result of each message.
 *
 * @throws {Error} if a message is lost, a lane is out of order, or the technique violated the contract otherwise
 */
export async function runRound(
  lambda: SimulatedFunction,
  simulated: SimulatedSource,
  { seed, largestBatch, maxSlowShare }: RoundOptions,
): Promise<Totals> {
  const random = seededRandom(seed);
  const largest = Math.min(largestBatch, simulated.largestBatch);
  const batchSize = Math.floor(Math.exp(random() * Math.log(largest + 1)));
  const open = simulated.open(random, batchSize);
  const count = Math.min(Math.ceil(batchSize * (3 + random() * 12)), maxMessages);
  const sent = sendScenarios(open, count, random, { batchSize, maxSlowShare });
  lambda.attemptLog.clear();

  const successLimits = new WeakMap<object, number>();
  const drained = await drain(
    open.source,
    (event) =>
      lambda.invoke(event, { maxSuccesses: successLimits.get(event) ?? Infinity, options: open.options }),
    {
      seed,
      timeoutMs,
      maximumConcurrency: lambda.environments,
      maximumInvocations: maxInvocationsPerMessage * count,
      fault(random, { event, messageIds }) {
        if (random() >= faultChance) return undefined;
        successLimits.set(event, Math.floor(random() * (messageIds.length + 1)));
        return faults[Math.floor(random() * faults.length)];
      },
    },
  );

  const found = [
    ...findViolations(sent, drained, lambda.attemptLog, simulated.ordered),
    ...lambda.violations.splice(0),
    ...lambda.attemptLog.takeViolations(),
  ];
  if (found.length > 0) throw new Error(found.join('\n'));
  return {
    messages: count,
    batches: drained.invocations,
    lostResponses: drained.failed,
    repeated: sent.filter(({ scenario }) => lambda.attemptLog.successesOf(scenario.number) > 1).length,
    deadLetters: drained.deadLetters.length,
  };
}

function sendScenarios(
  { send }: OpenSource,
  count: number,
  random: Random,
  rates: { readonly batchSize: number; readonly maxSlowShare: number },
): readonly SentScenario[] {
  // With a single lane, a batch would always reach the deadline first.
  const lanes = Math.ceil(rates.batchSize / 50 + random() ** 2 * count);
  return Array.from({ length: count }, (_, number) => {
    const scenario = drawScenario(number, random, rates);
    const lane = Math.floor(random() ** 2 * lanes);
    return { id: send(writeScenario(scenario), lane), lane, scenario };
  });
}
