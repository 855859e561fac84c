import { drain, seededRandom, type Fault, type Random } from '@parallel-lambda/event-sources';

import { drawStory } from './draw-story.ts';
import { findFaults, type SentStory } from './find-faults.ts';
import { mostMessages } from './ledger.ts';
import type { SimulatedFunction } from './simulated-function.ts';
import type { OpenSource, SimulatedSource } from './simulated-sources.ts';
import { writeStory } from './story.ts';
import type { Tally } from './tally.ts';
import { timeoutMs } from './timing.ts';

/** How a round is played. */
export interface RoundOptions {
  /** An integer. Decides everything but what threads make of it. */
  readonly seed: number;
  /** The largest batch to be drawn, where the source allows it. */
  readonly largestBatch: number;
  /** Bounds the share of messages with each trouble that takes threads real time: 0 to 1. */
  readonly mostSlow: number;
}

/** Of an invocation to be killed, to time out, or to throw. */
const faults: readonly Fault[] = ['killed', 'timeout', 'error'];
const chanceOfFault = 0.05;

/** More than any message needs. */
const mostInvocationsOfAMessage = 50;

/**
 * Sends messages to a source with settings drawn at random, has the function drain it while its environments are lost
 * now and then, and looks at what became of each message.
 *
 * @throws {Error} when a message is lost or a lane out of order, or the technique did what it must not
 */
export async function playRound(
  lambda: SimulatedFunction,
  simulated: SimulatedSource,
  { seed, largestBatch, mostSlow }: RoundOptions,
): Promise<Tally> {
  const random = seededRandom(seed);
  const largest = Math.min(largestBatch, simulated.largestBatch);
  const batchSize = Math.floor(Math.exp(random() * Math.log(largest + 1)));
  const open = simulated.open(random, batchSize);
  const count = Math.min(Math.ceil(batchSize * (3 + random() * 12)), mostMessages);
  const sent = sendStories(open, count, random, { batchSize, mostSlow });
  lambda.ledger.forgetMessages();

  const credits = new WeakMap<object, number>();
  const drained = await drain(
    open.source,
    (event) => lambda.invoke(event, { credit: credits.get(event) ?? Infinity, options: open.options }),
    {
      seed,
      timeoutMs,
      maximumConcurrency: lambda.environments,
      maximumInvocations: mostInvocationsOfAMessage * count,
      fault(random, { event, messageIds }) {
        if (random() >= chanceOfFault) return undefined;
        credits.set(event, Math.floor(random() * (messageIds.length + 1)));
        return faults[Math.floor(random() * faults.length)];
      },
    },
  );

  const found = [
    ...findFaults(sent, drained, lambda.ledger, simulated.ordered),
    ...lambda.misdeeds.splice(0),
  ];
  if (found.length > 0) throw new Error(found.join('\n'));
  return {
    messages: count,
    batches: drained.invocations,
    lostResponses: drained.failed,
    repeated: sent.filter(({ story }) => lambda.ledger.successesOf(story.number) > 1).length,
    deadLetters: drained.deadLetters.length,
  };
}

function sendStories(
  { send }: OpenSource,
  count: number,
  random: Random,
  hardship: { readonly batchSize: number; readonly mostSlow: number },
): readonly SentStory[] {
  // A batch of one lane alone would be so long in work that the deadline always came first.
  const lanes = Math.ceil(hardship.batchSize / 50 + random() ** 2 * count);
  return Array.from({ length: count }, (_, number) => {
    const story = drawStory(number, random, hardship);
    const lane = Math.floor(random() ** 2 * lanes);
    return { id: send(writeStory(story), lane), lane, story };
  });
}
