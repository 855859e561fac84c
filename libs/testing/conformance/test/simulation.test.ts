import { describe, expect, it, onTestFinished } from 'vitest';

import { simulateSource } from '../src/simulation/simulate-source.ts';
import { SimulatedFunction } from '../src/simulation/simulated-function.ts';
import { simulatedSources } from '../src/simulation/simulated-sources.ts';
import type { Totals } from '../src/simulation/totals.ts';
import { plainTechnique, type Flaws } from './plain-technique.ts';

async function simulate(name: string, flaws?: Flaws, seed = 1): Promise<Totals> {
  const source = simulatedSources.find((candidate) => candidate.name === name);
  if (!source) throw new Error(`No source is called ${name}`);
  const lambda = new SimulatedFunction(() => plainTechnique(flaws));
  onTestFinished(() => lambda[Symbol.asyncDispose]());
  return await simulateSource(lambda, source, { messages: 1_000, seed, slowMessages: Infinity });
}

describe('a simulation', () => {
  it.each(simulatedSources.map(({ name }) => [name]))(
    'finds no violation of a plain technique on %s',
    async (name) => {
      const totals = await simulate(name);
      expect(totals.messages).toBeGreaterThanOrEqual(1_000);
      const { parked, parkedAgain, delayed, ...others } = totals;
      for (const count of Object.values(others)) expect(count).toBeGreaterThan(0);
      expect([parked, parkedAgain, delayed]).toEqual([0, 0, 0]);
    },
  );

  it.each(simulatedSources.map(({ name }) => [name]))('detects a lost message of %s', async (name) => {
    await expect(simulate(name, { takesFailureForSuccess: true })).rejects.toThrow('Lost: ');
  });

  it.each(simulatedSources.filter(({ ordered }) => ordered).map(({ name }) => [name]))(
    'detects a lane of %s out of order',
    async (name) => {
      await expect(simulate(name, { ignoresLanes: true })).rejects.toThrow('Out of order: ');
    },
  );

  it('finds that the handler responds in time although a technique never ends', async () => {
    const { messages } = await simulate('SQS', { ignoresDeadline: true });
    expect(messages).toBeGreaterThanOrEqual(1_000);
  });

  it('detects a handler that rejects because of a message', async () => {
    await expect(simulate('SQS', { rejects: true })).rejects.toThrow(
      'The handler rejected: Error: failed on purpose',
    );
  });

  it('detects a technique that trusts what the work returns', async () => {
    await expect(simulate('SQS', { trustsEveryValue: true })).rejects.toThrow(/Lost: .*return an? /);
  });

  it('detects a technique that leaks stores from message to message', async () => {
    await expect(simulate('SQS', { leaksStores: true })).rejects.toThrow(
      'A message found the AsyncLocalStorage store of another one',
    );
  });

  it('is the same with the same seed, and differs with another', async () => {
    const totals = await simulate('Kinesis');
    expect(await simulate('Kinesis')).toEqual(totals);
    expect(await simulate('Kinesis', {}, 1_000)).not.toEqual(totals);
  });

  it('reports the seed that repeats a violation', async () => {
    const message = (seed?: number): Promise<string> =>
      simulate('SQS', { takesFailureForSuccess: true }, seed).then(String, String);
    const first = await message();
    const seed = Number(/SEED=(\d+)/.exec(first)?.[1]);
    expect(await message(seed)).toBe(first);
  });
});
