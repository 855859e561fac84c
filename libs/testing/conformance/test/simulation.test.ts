import type { Outcome, Technique } from '@parallel-lambda/batch';
import { abandoned, notStarted, succeeded } from '@parallel-lambda/batch/technique';
import { describe, expect, it, onTestFinished } from 'vitest';

import { simulateSource } from '../src/simulation/simulate-source.ts';
import { SimulatedFunction } from '../src/simulation/simulated-function.ts';
import { simulatedSources } from '../src/simulation/simulated-sources.ts';
import type { Tally } from '../src/simulation/tally.ts';
import work from '../src/simulation/work.ts';

/** What is wrong with a technique. */
interface Flaws {
  readonly takesFailureForSuccess?: boolean;
  readonly ignoresLanes?: boolean;
  readonly ignoresDeadline?: boolean;
  readonly givesUpLate?: boolean;
  readonly rejects?: boolean;
}

/** The plainest technique there is: every lane at once. */
function plainTechnique(flaws: Flaws = {}): Technique {
  return async ({ messages, lanes }, { deadline, context }) => {
    const outcomes = messages.map((): Outcome => notStarted);
    const workThrough = async (lane: readonly number[]): Promise<void> => {
      for (const position of lane) {
        const message = messages[position];
        if (!message || deadline.abortIfReached()) return;
        outcomes[position] = abandoned;
        try {
          await work(message, context);
          outcomes[position] = succeeded;
        } catch (error) {
          if (flaws.rejects) throw error;
          outcomes[position] = flaws.takesFailureForSuccess ? succeeded : { status: 'failed', error };
          return;
        }
      }
    };
    const alone = messages.map((_, position) => [position]);
    const allDone = Promise.all((flaws.ignoresLanes ? alone : lanes).map(workThrough));
    const graceOver = flaws.givesUpLate
      ? deadline.mustRespond.then(() => new Promise((resolve) => setTimeout(resolve, 60_000)))
      : deadline.graceOver;
    await Promise.race(flaws.ignoresDeadline ? [allDone] : [allDone, graceOver]);
    return outcomes.slice();
  };
}

async function simulate(name: string, flaws?: Flaws, seed = 1): Promise<Tally> {
  const source = simulatedSources.find((candidate) => candidate.name === name);
  if (!source) throw new Error(`No source is called ${name}`);
  const lambda = new SimulatedFunction(() => plainTechnique(flaws));
  onTestFinished(() => lambda[Symbol.asyncDispose]());
  return await simulateSource(lambda, source, { messages: 1_000, seed, slowMessages: Infinity });
}

describe('a simulation', () => {
  it.each(simulatedSources.map(({ name }) => [name]))(
    'finds no fault with a plain technique on %s',
    async (name) => {
      const tally = await simulate(name);
      expect(tally.messages).toBeGreaterThanOrEqual(1_000);
      for (const count of Object.values(tally)) expect(count).toBeGreaterThan(0);
    },
  );

  it.each(simulatedSources.map(({ name }) => [name]))('sees that a message of %s is lost', async (name) => {
    await expect(simulate(name, { takesFailureForSuccess: true })).rejects.toThrow('Lost: ');
  });

  it.each(simulatedSources.filter(({ ordered }) => ordered).map(({ name }) => [name]))(
    'sees that a lane of %s is out of order',
    async (name) => {
      await expect(simulate(name, { ignoresLanes: true })).rejects.toThrow('Out of order: ');
    },
  );

  it('sees that an invocation never ends', async () => {
    await expect(simulate('SQS', { ignoresDeadline: true })).rejects.toThrow('Nothing is left to happen');
  });

  it("sees that an answer comes after Lambda's timeout", async () => {
    await expect(simulate('SQS', { givesUpLate: true })).rejects.toThrow(
      "It answered after Lambda's timeout",
    );
  });

  it('sees that a handler rejects because of a message', async () => {
    await expect(simulate('SQS', { rejects: true })).rejects.toThrow(
      'The handler rejected: Error: failed as told',
    );
  });

  it('is the same again with the same seed, and another one with another', async () => {
    const tally = await simulate('Kinesis');
    expect(await simulate('Kinesis')).toEqual(tally);
    expect(await simulate('Kinesis', {}, 1_000)).not.toEqual(tally);
  });

  it('names the seed of a round that goes wrong, which has it at once', async () => {
    const message = (seed?: number): Promise<string> =>
      simulate('SQS', { takesFailureForSuccess: true }, seed).then(String, String);
    const first = await message();
    const seed = Number(/SEED=(\d+)/.exec(first)?.[1]);
    expect(await message(seed)).toBe(first);
  });
});
