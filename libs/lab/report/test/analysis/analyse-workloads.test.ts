import { describe, expect, it } from 'vitest';

import { analyseWorkloads, pricesOf, type Group, type Measurements } from '../../src/index.ts';
import { measurementsOf, sampleOf, seriesOf } from '../measurements-of.ts';

const waiting = { promises: [31, 25, 27], sequential: [2500, 2700, 2600], 'effect-fibers': [26, 52, 26] };

function analyse(measurements: Measurements): readonly Group[] {
  return analyseWorkloads(measurements, pricesOf('us-east-1'));
}

describe('the analysis of workloads', () => {
  it('makes a group of each, the sequential baseline first and the variants as they were measured', () => {
    const groups = analyse(measurementsOf({ waiting, computing: waiting }));
    const variants = ['sequential', 'promises', 'effect-fibers'];
    expect(groups.map(({ workload, rows }) => [workload.name, rows.map(({ variant }) => variant)])).toEqual([
      ['waiting', variants],
      ['computing', variants],
    ]);
  });

  it('takes the median of the runs, with its confidence interval', () => {
    const [group] = analyse(measurementsOf({ waiting }));
    expect(group?.rows.map(({ duration }) => duration)).toEqual([
      { median: 2600, low: 2500, high: 2700, samples: 3 },
      { median: 27, low: 25, high: 31, samples: 3 },
      { median: 26, low: 26, high: 52, samples: 3 },
    ]);
  });

  it('compares each variant with one message after another', () => {
    const [group] = analyse(measurementsOf({ waiting }));
    expect(group?.rows.map(({ speedUp }) => speedUp?.ratio)).toEqual([1, 2600 / 27, 100]);
  });

  it('computes the cost of a million messages from the billed duration and the memory size', () => {
    const [group] = analyse(measurementsOf({ waiting: { sequential: [999.2] } }));
    const gbSeconds = 10_000 * 1 * (3008 / 1024);
    expect(group?.rows[0]?.cost?.median).toBeCloseTo(gbSeconds * 0.0000133334 + 10_000 * 0.0000002, 10);
  });

  it('computes what a sequential batch takes where it was not measured, and marks it', () => {
    const [group] = analyse(measurementsOf({ sample: { promises: [5000], 'effect-fibers': [5010] } }));
    expect(group?.rows.map(({ variant, computed }) => [variant, computed])).toEqual([
      ['sequential', true],
      ['promises', false],
      ['effect-fibers', false],
    ]);
    expect(group?.rows[1]?.speedUp).toMatchObject({ ratio: 4, differs: false });
  });

  it('takes no cold start for a workload', () => {
    const series = { ...seriesOf('cold start', 'promises'), cold: true };
    const measurements = measurementsOf({}, { workloads: [{ name: 'cold start' }], series: [series] });
    expect(analyse(measurements)).toEqual([]);
  });
});

describe('what did not succeed', () => {
  const series = seriesOf('waiting', 'promises');

  function failuresOf(...samples: ReturnType<typeof sampleOf>[]) {
    return analyse(measurementsOf({ waiting: { promises: [] } }, { samples }))[0]?.rows[0];
  }

  it('does not count, but is counted, and the first error is kept', () => {
    const timeout = { failed: 100, error: 'Sandbox.Timedout: Task timed out after 3.00 seconds' };
    const row = failuresOf(
      sampleOf(series, 3000, timeout),
      sampleOf(series, 30),
      sampleOf(series, 3001, timeout),
    );
    expect(row?.duration?.median).toBe(30);
    expect(row?.failures).toEqual({ invocations: 2, messages: 0, why: timeout.error });
  });

  it('has no figure if no sample succeeded', () => {
    const row = failuresOf(sampleOf(series, 1, { failed: 100 }));
    expect(row).not.toHaveProperty('duration');
    expect(row).not.toHaveProperty('cost');
    expect(row?.failures.invocations).toBe(1);
  });

  it('does not count as throughput: only messages that succeeded count', () => {
    const row = failuresOf(sampleOf(series, 1000, { failed: 25 }));
    expect(row?.throughput?.median).toBe(75);
    expect(row?.failures).toEqual({ invocations: 0, messages: 25 });
  });
});
