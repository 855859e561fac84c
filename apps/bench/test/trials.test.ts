import { describe, expect, it } from 'vitest';

import { cases } from '../src/cases.ts';
import { durationsOf, refuseFailures, trialsOf } from '../src/trials.ts';
import { measured } from './measured.ts';

function caseOf(name: string) {
  const found = cases.find((one) => one.name === name);
  if (!found) throw new Error(`There is no case ${name}`);
  return found;
}

it('a trial has the setting of its variant, and two vCPUs', () => {
  const [, sequential] = trialsOf(caseOf('computing'), '').map(({ series }) => series.setting);
  expect(sequential).toEqual({ function: 'threads-by-hand', memoryMb: 3538 });
  const settings = trialsOf(caseOf('threads computing'), '').map(({ series }) => series.setting.threads);
  expect(settings).toEqual([1, 2, 3, 4, 6]);
});

it('a case with one run has no warm-up', () => {
  expect(trialsOf(caseOf('bounded'), '')[0]).toMatchObject({ maxRuns: 1 });
  expect(trialsOf(caseOf('bounded'), '')[0]).not.toHaveProperty('warmUp');
});

it('a cold start takes as long as INIT and the invocation together', () => {
  const all = measured(() => 5);
  const samples = all.samples.map((sample) => ({ ...sample, initDurationMs: 30 }));
  expect(durationsOf({ ...all, samples }, 'cold start', 'promises')).toEqual([35]);
});

describe('samples with another number of failed messages than their case has', () => {
  const all = measured(() => 1);

  it('are refused', () => {
    expect(() => {
      refuseFailures(caseOf('failures'), all);
    }).toThrow('reported 0 failed messages in the case failures, expected 500');
  });

  it('are refused with their error', () => {
    const samples = all.samples.map((sample) => ({ ...sample, failed: 100, error: 'Sandbox.Timedout' }));
    expect(() => {
      refuseFailures(caseOf('waiting'), { ...all, samples });
    }).toThrow('expected 0 (Sandbox.Timedout)');
  });

  it('of other cases do not matter', () => {
    expect(() => {
      refuseFailures(caseOf('waiting'), all);
    }).not.toThrow();
  });
});
