import { describe, expect, it } from 'vitest';

import { analyse } from '../../src/comparison/analyse.ts';
import { conditions, meaning } from '../../src/comparison/meaning.ts';
import { measurements, type Durations } from './measurements.ts';

function findingOf(computing: Durations): string | undefined {
  return meaning(analyse(measurements({ computing })))[0];
}

describe('what the comparison means', () => {
  it('names the fastest, and how far the others are behind', () => {
    expect(
      findingOf({ 'one by one': [500], promises: [495], 'worker-threads': [250], 'effect-fibers': [510] }),
    ).toMatchInlineSnapshot(
      `"computing: worker-threads is fastest, 2.0 × as fast as one by one; promises and effect-fibers took 2.0 × as long or longer. A message that computes holds its thread, so only more threads help, up to the vCPUs."`,
    );
  });

  it('names all that are alike', () => {
    expect(
      findingOf({ 'one by one': [500], promises: [100], 'worker-threads': [300], 'effect-fibers': [114] }),
    ).toMatchInlineSnapshot(
      `"computing: promises and effect-fibers are fastest, 5.0 × as fast as one by one; worker-threads took 3.0 × as long. A message that computes holds its thread, so only more threads help, up to the vCPUs."`,
    );
  });

  it('says that all are alike where none is behind', () => {
    expect(
      findingOf({ 'one by one': [500], promises: [100], 'worker-threads': [112], 'effect-fibers': [98] }),
    ).toContain('computing: all techniques are alike, 5.1 × as fast as one by one.');
  });

  it('says why, workload by workload', () => {
    const ways = { 'one by one': [500], promises: [100] };
    const names = ['waiting', 'computing', 'both', "libuv's threads", 'the AWS sample'];
    const sentences = meaning(analyse(measurements(Object.fromEntries(names.map((name) => [name, ways])))));
    expect(sentences.map((sentence) => sentence.split(':')[0])).toEqual(names);
    expect(new Set(sentences.map((sentence) => sentence.slice(sentence.indexOf('one by one.')))).size).toBe(
      5,
    );
  });
});

describe('the conditions', () => {
  it('name memory, its vCPUs on Lambda, prices, machine and runtime client', () => {
    expect(conditions(measurements({}))).toMatchInlineSnapshot(
      `"Whole invocations of the built functions, warm, medians. Costs: 3008 MB on arm64 in us-east-1, duration and request. On Lambda 3008 MB have 1.70 vCPUs; here nothing was held back (2 CPUs, Node v24.21.0, the own runtime client)."`,
    );
  });

  it("name AWS's runtime client where it was used", () => {
    expect(conditions({ ...measurements({}), runtime: 'aws' })).toContain("AWS's runtime client");
  });
});
