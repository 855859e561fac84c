import {
  advise,
  analyseSeries,
  costOfMillionMessages,
  pricesOf,
  type Advice,
  type Series,
} from '@parallel-lambda/report';
import { describe, expect, it } from 'vitest';

import { batchesOfBody } from '../../src/tune/batches.ts';
import { searchSpace } from '../../src/tune/search-space.ts';
import { tune } from '../../src/tune/tune.ts';
import { modelledBatch, ModelledFunctions, type ModelledWork } from './modelled-function.ts';

const prices = pricesOf('us-east-1');
const options = { batches: batchesOfBody({}), batchSize: 100 };
const SEEDS = Array.from({ length: Number(process.env.TUNE_SEEDS ?? 2) }, (_, seed) => seed + 1);
const ACCEPTED = 1.05;

const works: Readonly<Record<string, ModelledWork>> = {
  'wait only': { waitMs: 40, computeMs: 0.1 },
  'compute only': { waitMs: 0, computeMs: 8 },
  'wait and compute': { waitMs: 40, computeMs: 4 },
  'call a service that rejects above 20': {
    service: { name: 'service', text: '', latencyMs: () => 50, capacity: () => 20, maxQueue: 0 },
    computeMs: 0.5,
  },
};

type Tried = Pick<Series, 'setting' | 'messages'>;

/** Every setting of the search space. */
function everySetting(): readonly Tried[] {
  const { functions } = new ModelledFunctions({ computeMs: 1 }, 1);
  const space = searchSpace(functions, options);
  return space.functions.flatMap((name) => {
    const { workers, threads } = space.knobs(name);
    return space.memorySizes.flatMap((memoryMb) =>
      space.batchSizes.flatMap((messages) =>
        [undefined, ...workers].flatMap((count) =>
          [undefined, ...threads].map((number) => ({
            setting: {
              function: name,
              memoryMb,
              ...(count !== undefined && { workers: count }),
              ...(number !== undefined && { threads: number }),
            },
            messages,
          })),
        ),
      ),
    );
  });
}

/** Cost of a million messages and milliseconds per message, without noise; infinite if messages fail. */
function trueFigures(tried: Tried, work: ModelledWork): { readonly cost: number; readonly time: number } {
  const { durationMs, failed } = modelledBatch(tried, work);
  if (failed > 0) return { cost: Infinity, time: Infinity };
  const { setting, messages } = tried;
  const { memoryMb } = setting;
  const billedMs = Math.ceil(durationMs);
  const cost = costOfMillionMessages({ billedMs, memoryMb, architecture: 'arm64', messages, prices });
  return { cost, time: durationMs / messages };
}

async function tuned(work: ModelledWork, seed: number): Promise<readonly Advice[]> {
  const { functions, clock } = new ModelledFunctions(work, seed);
  const measurements = await tune(functions, {
    ...options,
    region: 'us-east-1',
    prices,
    budget: 285,
    clock,
    onProgress: () => undefined,
    onStage: () => Promise.resolve(),
  });
  return advise(measurements.series.map((series) => analyseSeries(measurements, series, prices)));
}

describe.each(Object.entries(works))('the advice for messages that %s', (_, work) => {
  const all = everySetting().map((tried) => trueFigures(tried, work));
  const best = {
    cost: Math.min(...all.map(({ cost }) => cost)),
    time: Math.min(...all.map(({ time }) => time)),
  };

  it.each(SEEDS)('is as good as the best of an exhaustive search, seed %i', async (seed) => {
    const advices = await tuned(work, seed);
    const figuresOf = (goal: Advice['goal']) => {
      const series = advices.find((advice) => advice.goal === goal)?.figures.series;
      return series ? trueFigures(series, work) : { cost: Infinity, time: Infinity };
    };
    expect(figuresOf('cheapest').cost / best.cost).toBeLessThanOrEqual(ACCEPTED);
    expect(figuresOf('fastest').time / best.time).toBeLessThanOrEqual(ACCEPTED);
    const balanced = figuresOf('balanced');
    const better = all.filter(
      ({ cost, time }) => cost * ACCEPTED < balanced.cost && time * ACCEPTED < balanced.time,
    );
    expect(better).toEqual([]);
  });
});
