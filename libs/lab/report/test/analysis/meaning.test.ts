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

describe('the result of a comparison', () => {
  it('names the fastest technique and the ratio of the others', () => {
    expect(
      findingOf({
        sequential: around(500),
        promises: around(495),
        'worker-threads': around(250),
        'effect-fibers': around(510),
      }),
    ).toMatchInlineSnapshot(
      `"computing: worker-threads is fastest, 2.0× faster than sequential; promises and effect-fibers took at least 2.0× as long. What computes holds its thread."`,
    );
  });

  it('names all techniques that are as fast as the fastest', () => {
    expect(
      findingOf({
        sequential: around(500),
        promises: around(100),
        'worker-threads': around(300),
        'effect-fibers': around(100.2),
      }),
    ).toMatchInlineSnapshot(
      `"computing: promises and effect-fibers are fastest, 5.0× faster than sequential; worker-threads took 3.0× as long. What computes holds its thread."`,
    );
  });

  it('calls techniques equally fast if the samples overlap', () => {
    const wide = [100, 140, 90, 120];
    expect(
      findingOf({ sequential: around(500), promises: wide, 'worker-threads': [110, 150, 95, 125] }),
    ).toContain('promises and worker-threads are equally fast');
  });

  it('finds no difference between single samples, however far apart', () => {
    expect(findingOf({ sequential: [500], promises: [100], 'worker-threads': [300] })).toContain(
      'promises and worker-threads are equally fast (differences are within the noise): 5.0× faster than sequential',
    );
  });

  it('states where nothing was measured', () => {
    expect(findingOf({ sequential: [500], promises: [] })).toContain('no technique was measured');
  });
});

describe('the conditions', () => {
  it('name memory, its vCPUs on Lambda, prices, machine and runtime client', () => {
    expect(conditions(measurementsOf({ computing: { promises: [1] } }), priceList)).toMatchInlineSnapshot(`
      [
        "Duration is the median of whole warm invocations, interleaved, with its 95% confidence interval (bootstrap).",
        "Cost is that of duration and requests, for 3008 MB on arm64 in us-east-1 (prices of 2026-11).",
        "On Lambda, 3008 MB give 1.70 vCPUs. The CPUs were not limited (2 CPUs, Node.js v24.21.0, the lab's runtime client).",
      ]
    `);
  });

  it.each([
    [{ runtime: 'aws' as const }, "AWS's runtime client"],
    [{ enforced: { cpu: true, memory: true } }, 'The functions had this share of the CPUs'],
    [
      { noise: { calibrationsMs: [2, 2, 2, 5, 5], loadAverage: 3 } },
      'took 2.0 to 5.0 ms; load 3.0 on 2 CPUs',
    ],
    [{ noise: { calibrationsMs: [2, 2], loadAverage: 0, steal: 0.2 } }, 'withheld 20% of the CPU time'],
    [
      { noise: { calibrationsMs: [...Array<number>(60).fill(2), 5, 6.4], loadAverage: 0 } },
      '2 of 62 runs of a loop of 2.0 ms took up to 6.4 ms',
    ],
  ])('contain %j', (parts, expected) => {
    const sentences = conditions(measurementsOf({ computing: { promises: [1] } }, parts), priceList);
    expect(sentences.join('\n')).toContain(expected);
  });

  it('do not mention noise if the machine was idle', () => {
    const noise = { calibrationsMs: [2, 2.05, 2.1], loadAverage: 3, steal: 0.001 };
    const sentences = conditions(measurementsOf({ computing: { promises: [1] } }, { noise }), priceList);
    expect(sentences.join('\n')).not.toContain('busy');
  });
});
