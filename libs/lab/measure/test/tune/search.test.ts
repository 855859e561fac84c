import type { Series, SeriesFigures } from '@parallel-lambda/report';
import { describe, expect, it } from 'vitest';

import { batchesOfBody } from '../../src/tune/batches.ts';
import type { SearchSpace } from '../../src/tune/search-space.ts';
import { around, climb, coarse, nearest } from '../../src/tune/search.ts';

const space: SearchSpace = {
  batches: batchesOfBody({ hash: 7 }),
  functions: ['promises', 'worker-threads'],
  memorySizes: [512, 1769],
  batchSize: 100,
  knobs: (name) => ({ workers: [10, 100, 300, 'adaptive'], threads: name === 'promises' ? [] : [1, 2] }),
  batchSizes: [10, 100, 1000],
  vary: {},
  present: [{ setting: { function: 'promises', memoryMb: 3008 }, messages: 50 }],
};

/** Without workers and threads. */
const plain: SearchSpace = {
  ...space,
  functions: ['promises'],
  knobs: () => ({ workers: [], threads: [] }),
  present: [],
};

/** Figures of a series whose samples all took so long. */
function figuresOf(series: Series, durationMs: number, cost: number): SeriesFigures {
  const estimate = (median: number) => ({ median, low: median, high: median, samples: 2 });
  return {
    series,
    durationsMs: [durationMs, durationMs],
    costs: [cost, cost],
    duration: estimate(durationMs),
    throughput: estimate((series.messages / durationMs) * 1000),
    cost: estimate(cost),
    failures: { invocations: 0, messages: 0 },
  };
}

describe('the coarse search', () => {
  it('has every function with every memory size, the current setting, and how each starts with the largest', () => {
    expect(coarse(space).map(({ series }) => series.id)).toEqual([
      'promises, 512 MB, batches of 100',
      'worker-threads, 512 MB, batches of 100',
      'promises, 1769 MB, batches of 100',
      'worker-threads, 1769 MB, batches of 100',
      'promises, 3008 MB, batches of 50',
      'promises, cold start',
      'worker-threads, cold start',
    ]);
  });
});

describe('the search around the best', () => {
  function found(durationMs: number): readonly SeriesFigures[] {
    return coarse(space)
      .filter(({ series }) => !series.cold)
      .map(({ series }) => figuresOf(series, durationMs, series.setting.memoryMb === 1769 ? 1 : 2));
  }

  it('has other memory, batch sizes, workers, and threads where there are some, in turns', () => {
    expect(around(space, found(400)).map(({ series }) => series.id)).toEqual([
      'promises, 1769 MB, batches of 10',
      'worker-threads, 1769 MB, batches of 10',
      'promises, 1769 MB, 10 workers, batches of 100',
      'worker-threads, 1769 MB, 10 workers, batches of 100',
      'promises, 1769 MB, batches of 1000',
      'worker-threads, 1769 MB, 1 thread, batches of 100',
      'promises, 1769 MB, 100 workers, batches of 100',
      'worker-threads, 1769 MB, batches of 1000',
      'promises, 1769 MB, adaptive workers, batches of 100',
      'worker-threads, 1769 MB, 100 workers, batches of 100',
      'worker-threads, 1769 MB, 2 threads, batches of 100',
      'worker-threads, 1769 MB, adaptive workers, batches of 100',
    ]);
  });

  it('starts where the fewest messages fail, if they fail in every setting', () => {
    const failing = found(400).map((figures) => {
      const { memoryMb } = figures.series.setting;
      return { ...figures, failures: { invocations: 0, messages: memoryMb === 512 ? 40 : 90 } };
    });
    const sizes = around(space, failing).map(({ series }) => series.setting.memoryMb);
    expect(new Set(sizes)).toEqual(new Set([512]));
  });

  it('leaves out batches that would take too long', () => {
    const sizes = around(space, found(5000)).map(({ series }) => series.messages);
    expect(Math.max(...sizes)).toBe(100);
  });

  it('leaves batches as they are where others cannot be made', () => {
    const batches = { ...space.batches, fixedSize: 100 };
    const sizes = around({ ...space, batches }, found(400)).map(({ series }) => series.messages);
    expect(new Set(sizes)).toEqual(new Set([100]));
  });

  it('has no neighbours of a function without any success', () => {
    expect(around(space, [])).toEqual([]);
  });
});

describe('the rounds around the advice', () => {
  const first = coarse(plain)
    .filter(({ series }) => !series.cold)
    .map(({ series }) => figuresOf(series, 400, series.setting.memoryMb === 512 ? 1 : 2));

  it('change one property, then memory and another one', () => {
    expect(climb(plain, first, undefined).map(({ series }) => series.id)).toEqual([
      'promises, 512 MB, batches of 10',
      'promises, 512 MB, batches of 1000',
      'promises, 1769 MB, batches of 10',
      'promises, 1769 MB, batches of 1000',
    ]);
  });

  it('ends when all settings are tried', () => {
    const all = [...first, ...climb(plain, first, undefined).map(({ series }) => figuresOf(series, 400, 3))];
    expect(climb(plain, all, undefined)).toEqual([]);
  });
});

it('the last search is of what the advice is about, and of the current setting', () => {
  const trials = coarse(space);
  const found = trials
    .filter(({ series }) => !series.cold)
    .map(({ series }, place) => figuresOf(series, 500 * (place + 1), place + 1));
  const ids = nearest(trials, found, { p99Ms: undefined, present: ['promises, 3008 MB, batches of 50'] }).map(
    ({ series }) => series.id,
  );
  expect(ids).toContain('promises, 512 MB, batches of 100');
  expect(ids).toContain('promises, 3008 MB, batches of 50');
});

describe('varied environment variables', () => {
  it('are tried one value after another around the best setting', () => {
    const varied = { ...plain, vary: { WORKERS: ['1', '2'] } };
    const found = coarse(varied)
      .filter(({ series }) => !series.cold)
      .map(({ series }) => figuresOf(series, 100, 1));
    const settings = around(varied, found).flatMap(({ series: { setting } }) =>
      setting.variables ? [setting.variables] : [],
    );
    expect(settings).toEqual([{ WORKERS: '1' }, { WORKERS: '2' }]);
  });
});
