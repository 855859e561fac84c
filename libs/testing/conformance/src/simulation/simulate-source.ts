import { playRound } from './play-round.ts';
import type { SimulatedFunction } from './simulated-function.ts';
import type { SimulatedSource } from './simulated-sources.ts';
import { addTallies, noTally, type Tally } from './tally.ts';

/** How much is simulated. */
export interface SimulationOptions {
  /** At least so many; the last round is played to its end. */
  readonly messages: number;
  /** Of the first round, an integer; the next rounds count up from it. */
  readonly seed: number;
  /** Bounds how many messages have each trouble that takes threads real time, in about. */
  readonly slowMessages: number;
  /** Told after each round. */
  readonly onRound?: (soFar: Tally) => void;
}

const longestRound = 1 / 20;

/**
 * Plays round after round with one source.
 *
 * @throws {Error} when a message was lost or a lane out of order; it names the seed that has it again
 */
export async function simulateSource(
  lambda: SimulatedFunction,
  source: SimulatedSource,
  { messages, seed, slowMessages, onRound }: SimulationOptions,
): Promise<Tally> {
  const largestBatch = Math.max(10, Math.ceil(messages * longestRound));
  let tally = noTally;
  for (let roundSeed = seed; tally.messages < messages; roundSeed += 1) {
    try {
      const options = { seed: roundSeed, largestBatch, mostSlow: slowMessages / messages };
      tally = addTallies(tally, await lambda.run(() => playRound(lambda, source, options)));
    } catch (cause) {
      throw new Error(
        `${source.name}, round ${roundSeed}: ${String(cause)}\nTo have it again at once: as many messages, and SEED=${roundSeed}`,
        { cause },
      );
    }
    onRound?.(tally);
  }
  return tally;
}
