import { drain, type Fault, type Random, seededRandom } from '@parallel-lambda/event-sources';

import { maxMessages } from './attempt-log.ts';
import { drawScenario, type FaultRates } from './draw-scenario.ts';
import { DelayingSource } from './fates/delaying-source.ts';
import { noLoss, RoundInvocations, type Loss } from './fates/round-invocations.ts';
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

/** Ways in which an invocation is lost. */
const faults: readonly Fault[] = ['killed', 'timeout', 'error'];
const faultChance = 0.05;

const maxCallsBeforeDeath = 4;

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
  const open = simulated.open(random, batchSize, lambda.hasFates);
  const count = Math.min(Math.ceil(batchSize * (3 + random() * 12)), maxMessages);
  const rates = { batchSize, maxSlowShare, fates: lambda.hasFates };
  const sent = sendScenarios(open, count, random, rates);
  lambda.attemptLog.clear();

  const losses = new WeakMap<object, Loss>();
  const invocations = new RoundInvocations(lambda, open, { losses, random: seededRandom(seed + 1) });
  const drained = await drain(new DelayingSource(open, invocations.callsOf), invocations.invoke, {
    seed,
    timeoutMs,
    maximumConcurrency: lambda.environments,
    maximumInvocations: maxInvocationsPerMessage * count,
    fault(random, { event, messageIds }) {
      if (random() >= faultChance) return undefined;
      losses.set(event, drawLoss(random, messageIds.length, lambda.hasFates));
      return faults[Math.floor(random() * faults.length)];
    },
  });

  const { parking } = invocations;
  const found = [
    ...findViolations(sent, drained, { attempts: lambda.attemptLog, parking }, simulated.ordered),
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
    ...parking.totals,
  };
}

function drawLoss(random: Random, messages: number, hasFates: boolean): Loss {
  const inWork = { maxSuccesses: Math.floor(random() * (messages + 1)), maxCalls: 0 };
  if (!hasFates || random() < 0.5) return inWork;
  return { ...noLoss, maxCalls: Math.floor(random() * maxCallsBeforeDeath) };
}

function sendScenarios(
  { send }: OpenSource,
  count: number,
  random: Random,
  rates: FaultRates,
): readonly SentScenario[] {
  // With a single lane, a batch would always reach the deadline first.
  const lanes = Math.ceil(rates.batchSize / 50 + random() ** 2 * count);
  return Array.from({ length: count }, (_, number) => {
    const scenario = drawScenario(number, random, rates);
    const lane = Math.floor(random() ** 2 * lanes);
    return { id: send(writeScenario(scenario), lane), lane, scenario };
  });
}
