import { readSetting } from '@parallel-lambda/batch/technique';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { MakeTechnique } from '../setup/fixture.ts';
import { LongRun } from './long-run.ts';
import { simulateSource } from './simulate-source.ts';
import { SimulatedFunction, type SimulationOptions } from './simulated-function.ts';
import { simulatedSources } from './simulated-sources.ts';
import type { Totals } from './totals.ts';

const defaultSeed = 20_261_123;

/**
 * Declares the simulation tests: each source's state machine drives the technique on a virtual clock through batches
 * with failures, hangs, deadlines, crashes and lost environments. At the end every message has succeeded or is a dead
 * letter, and every lane was processed in order. With a redelivery, a message may be parked instead.
 *
 * The environment variable `MESSAGES` turns it into a long run over all sources, which prints totals; `SEED` selects
 * another run. The timing of threads differs from run to run.
 *
 * @example
 * simulation('promise workers', ({ workers }) => promiseWorkers({ work, workers }));
 *
 * @param technique the technique's name in the test report
 * @param makeTechnique creates the technique with the simulation's work, `@parallel-lambda/conformance/simulation-work`
 */
export function simulation(
  technique: string,
  makeTechnique: MakeTechnique,
  options: SimulationOptions = {},
): void {
  const longRun = process.env.MESSAGES ? new LongRun(technique) : undefined;
  const max = 999_999_999;
  const [messages, seed] = [
    readSetting({
      name: 'messages',
      option: undefined,
      variable: 'MESSAGES',
      fallback: options.messages ?? 3_000,
      max,
    }),
    readSetting({ name: 'seed', option: undefined, variable: 'SEED', fallback: defaultSeed, max }),
  ];
  const perSource = Math.ceil(messages / simulatedSources.length);
  const runOptions = {
    messages: perSource,
    seed,
    // Each takes threads as long as hundreds of others.
    slowMessages: options.threads ? 2 + perSource / 500 : Infinity,
  };

  describe(`${technique}, simulated`, { timeout: longRun ? 0 : 60_000 }, () => {
    let lambda: SimulatedFunction;
    beforeAll(() => {
      lambda = new SimulatedFunction(makeTechnique, options);
    });
    afterAll(async () => {
      await lambda[Symbol.asyncDispose]();
      longRun?.print();
    });

    for (const source of simulatedSources) {
      it(`loses no message of ${source.name}${source.ordered ? ' and keeps its lanes in order' : ''}`, async () => {
        const run = (onRound?: (soFar: Totals) => void): Promise<Totals> =>
          simulateSource(lambda, source, { ...runOptions, ...(onRound && { onRound }) });
        const totals = await (longRun ? longRun.show(source.name, run) : run());
        expect(totals.messages).toBeGreaterThanOrEqual(runOptions.messages);
        // A technique that starts nothing loses nothing either, but all its messages become dead letters.
        expect(totals.deadLetters).toBeLessThan(totals.messages);
      });
    }
  });
}
