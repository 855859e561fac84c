import { describe, expect, it } from 'vitest';

import { analyseWorkloads, conditions, meaning, priceList, pricesOf } from '../../src/index.ts';
import { measurementsOf, type Durations } from '../measurements-of.ts';

/** Six samples around a middle, a hundredth to each side. */
function around(middle: number): number[] {
  return [0.99, 0.995, 1, 1, 1.005, 1.01].map((factor) => middle * factor);
}

function findingOf(computing: Durations): string | undefined {
  return meaning(analyseWorkloads(measurementsOf({ computing }), pricesOf('us-east-1')))[0];
}

describe('what the comparison means', () => {
  it('names the fastest, and how far the others are behind', () => {
    expect(
      findingOf({
        sequential: around(500),
        promises: around(495),
        'worker-threads': around(250),
        'effect-fibers': around(510),
      }),
    ).toMatchInlineSnapshot(
      `"computing: worker-threads is fastest, 2.0 × as fast as sequential; promises and effect-fibers took 2.0 × as long or longer. What computes holds its thread."`,
    );
  });

  it('names all that cannot be told from the fastest', () => {
    expect(
      findingOf({
        sequential: around(500),
        promises: around(100),
        'worker-threads': around(300),
        'effect-fibers': around(100.2),
      }),
    ).toMatchInlineSnapshot(
      `"computing: promises and effect-fibers are fastest, 5.0 × as fast as sequential; worker-threads took 3.0 × as long. What computes holds its thread."`,
    );
  });

  it('says that no difference is sure where the samples tell none', () => {
    const wide = [100, 140, 90, 120];
    expect(
      findingOf({ sequential: around(500), promises: wide, 'worker-threads': [110, 150, 95, 125] }),
    ).toContain('no difference between promises and worker-threads is sure');
  });

  it('tells no difference of single samples, however far apart', () => {
    expect(findingOf({ sequential: [500], promises: [100], 'worker-threads': [300] })).toContain(
      'no difference between promises and worker-threads is sure, 5.0 × as fast as sequential',
    );
  });

  it('says where nothing was measured', () => {
    expect(findingOf({ sequential: [500], promises: [] })).toContain('no technique was measured');
  });
});

describe('the conditions', () => {
  it('name memory, its vCPUs on Lambda, prices, machine and runtime client', () => {
    expect(conditions(measurementsOf({ computing: { promises: [1] } }), priceList)).toMatchInlineSnapshot(`
      [
        "Whole invocations of the built functions, warm: medians, and between which figures they lie at 95 % (bootstrap).",
        "Costs: 3008 MB on arm64 in us-east-1, duration and request (prices of 2026-11).",
        "On Lambda 3008 MB have 1.70 vCPUs; here nothing was held back (2 CPUs, Node v24.21.0, the own runtime client).",
      ]
    `);
  });

  it.each([
    [{ runtime: 'aws' as const }, "AWS's runtime client"],
    [{ enforced: { cpu: true, memory: true } }, 'the functions were held to that here'],
    [
      { noise: { calibrationsMs: [2, 2, 2, 5, 5], loadAverage: 3 } },
      'took from 2.0 to 5.0 ms, with 3.0 processes',
    ],
    [{ noise: { calibrationsMs: [2, 2], loadAverage: 0, steal: 0.2 } }, 'kept back 20 %'],
    [
      { noise: { calibrationsMs: [...Array<number>(60).fill(2), 5, 6.4], loadAverage: 0 } },
      '2 of 62 times a loop that takes 2.0 ms took up to 6.4',
    ],
  ])('tell %j', (parts, expected) => {
    const sentences = conditions(measurementsOf({ computing: { promises: [1] } }, parts), priceList);
    expect(sentences.join('\n')).toContain(expected);
  });

  it('say nothing of noise where the machine was quiet', () => {
    const noise = { calibrationsMs: [2, 2.05, 2.1], loadAverage: 3, steal: 0.001 };
    const sentences = conditions(measurementsOf({ computing: { promises: [1] } }, { noise }), priceList);
    expect(sentences.join('\n')).not.toContain('busy');
  });
});
