import { readSetting } from '@parallel-lambda/batch/technique';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { MakeTechnique } from '../make-technique.ts';
import { LongRun } from './long-run.ts';
import { simulateSource } from './simulate-source.ts';
import { SimulatedFunction, type Particulars } from './simulated-function.ts';
import { simulatedSources } from './simulated-sources.ts';
import type { Tally } from './tally.ts';

const defaultSeed = 20_261_123;

/**
 * Declares the proof by simulation: each source's state machine drives the technique on a virtual clock through batches
 * with failures, hangs, deadlines, crashes and lost environments. At the end every message was done or is a dead
 * letter, and the lanes were kept in order.
 *
 * The environment variable `MESSAGES` makes a long run of it, over all sources together, which prints what it counted;
 * `SEED` has another run, or the same again. With threads, what they make of the same messages is not the same each
 * time.
 *
 * @example
 * simulation('promise workers', ({ workers }) => promiseWorkers({ work, workers }));
 *
 * @param technique its name, as the test report shows it
 * @param makeTechnique makes the technique with the simulation's work: `@parallel-lambda/conformance/simulation-work`
 */
export function simulation(
  technique: string,
  makeTechnique: MakeTechnique,
  particulars: Particulars = {},
): void {
  const longRun = process.env.MESSAGES ? new LongRun(technique) : undefined;
  const max = 999_999_999;
  const [messages, seed] = [
    readSetting({ name: 'messages', option: undefined, variable: 'MESSAGES', fallback: 3_000, max }),
    readSetting({ name: 'seed', option: undefined, variable: 'SEED', fallback: defaultSeed, max }),
  ];
  const ofASource = Math.ceil(messages / simulatedSources.length);
  const options = {
    messages: ofASource,
    seed,
    // Each takes threads as long as hundreds of others.
    slowMessages: particulars.threads ? 2 + ofASource / 500 : Infinity,
  };

  describe(`${technique}, simulated`, { ...(longRun && { timeout: 0 }) }, () => {
    let lambda: SimulatedFunction;
    beforeAll(() => {
      lambda = new SimulatedFunction(makeTechnique, particulars);
    });
    afterAll(async () => {
      await lambda[Symbol.asyncDispose]();
      longRun?.print();
    });

    for (const source of simulatedSources) {
      it(`loses no message of ${source.name}${source.ordered ? ', and keeps its lanes in order' : ''}`, async () => {
        const play = (onRound?: (soFar: Tally) => void): Promise<Tally> =>
          simulateSource(lambda, source, { ...options, ...(onRound && { onRound }) });
        const tally = await (longRun ? longRun.show(source.name, play) : play());
        expect(tally.messages).toBeGreaterThanOrEqual(options.messages);
        // A technique that begins nothing loses nothing either: all that it is given becomes a dead letter.
        expect(tally.deadLetters).toBeLessThan(tally.messages);
      });
    }
  });
}
