import { runRound } from './run-round.ts';
import type { SimulatedFunction } from './simulated-function.ts';
import type { SimulatedSource } from './simulated-sources.ts';
import { addTotals, noTotals, type Totals } from './totals.ts';

/** Options for `simulateSource`. */
export interface SourceSimulationOptions {
  /** The minimum number of messages; the last round is completed. */
  readonly messages: number;
  /** The seed of the first round, an integer; each further round adds 1. */
  readonly seed: number;
  /** The approximate maximum number of messages with each fault that costs threads real time. */
  readonly slowMessages: number;
  /** Called after each round. */
  readonly onRound?: (soFar: Totals) => void;
}

const maxRoundShare = 1 / 20;

/**
 * Runs rounds with one source until enough messages are processed.
 *
 * @throws {Error} if a message is lost or a lane is out of order; the error names the seed that repeats it
 */
export async function simulateSource(
  lambda: SimulatedFunction,
  source: SimulatedSource,
  { messages, seed, slowMessages, onRound }: SourceSimulationOptions,
): Promise<Totals> {
  const largestBatch = Math.max(10, Math.ceil(messages * maxRoundShare));
  let totals = noTotals;
  for (let roundSeed = seed; totals.messages < messages; roundSeed += 1) {
    try {
      const options = { seed: roundSeed, largestBatch, maxSlowShare: slowMessages / messages };
      totals = addTotals(totals, await lambda.run(() => runRound(lambda, source, options), roundSeed));
    } catch (cause) {
      throw new Error(
        `${source.name}, round ${roundSeed}: ${String(cause)}\nTo repeat it, run with the same MESSAGES and SEED=${roundSeed}`,
        { cause },
      );
    }
    onRound?.(totals);
  }
  return totals;
}
