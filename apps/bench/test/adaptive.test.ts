import { services } from '@parallel-lambda/downstream';
import { expect, it } from 'vitest';

import { compareSettings, shortBest } from '../src/adaptive/compare-settings.ts';
import { adaptivePicture, fillAdaptivePage } from '../src/adaptive/page.ts';
import type { Run, StoredRuns } from '../src/adaptive/stored-runs.ts';

function runOf(service: string, setting: string, perSecond: number, rejected = 0): Run {
  return { service, setting, seconds: 10, perSecond, earlyPerSecond: perSecond / 2, rejected, p99Ms: 100 };
}

function stored(runs: readonly Run[]): StoredRuns {
  return {
    takenAt: '2026-01-02T03:04:05Z',
    node: 'v24.0.0',
    machine: '2 × a CPU',
    runs,
    cost: [{ setting: '100', durationsMs: [10, 20, 30] }],
  };
}

const runs = services.flatMap(({ name }) => [
  runOf(name, '20', 995),
  runOf(name, '32', 1_000),
  runOf(name, '8', 500),
  runOf(name, 'adaptive', name === 'a' ? 900 : 960),
  runOf(name, 'adaptive', name === 'a' ? 900 : 980),
  runOf(name, 'p-map, 100', 700, 0.4),
]);

it('compares each setting with the best fixed number: the smallest of those within 1 %', () => {
  const [first, second] = compareSettings(stored(runs));
  expect(first?.best.setting).toBe('20');
  expect(second?.settings.find(({ setting }) => setting === 'adaptive')?.share).toBeCloseTo(0.97, 5);
});

it('ignores short runs of a setting that has longer ones', () => {
  const short = { ...runOf('a', '32', 5_000), seconds: 2 };
  expect(compareSettings(stored([...runs, short]))[0]?.best.perSecond).toBe(995);
});

it('finds the best fixed number until its run is long enough', () => {
  const short = { ...runOf('a', '64', 2_000), seconds: 2 };
  expect(shortBest(stored([...runs, short]), 'a', 10)).toBe('64');
  expect(shortBest(stored([...runs, short, runOf('a', '64', 900)]), 'a', 10)).toBeUndefined();
});

it('states how many services reach the target', () => {
  expect(adaptivePicture(stored(runs)).findings).toEqual([
    'Adaptive workers reach at least 95 % of the best fixed number with 7 of 8 services, and 90 % with the worst.',
  ]);
});

it('fills in its page, and refuses an unknown part', () => {
  const page = (name: string): string => `Before.\n\n<!-- generated: ${name} -->\n<!-- end -->\n`;
  const filled = fillAdaptivePage(page('results'), stored(runs));
  expect(filled).toContain('| 20: 995 | 0.90 | 0.90 | 0.0 % | 100 (100) | 0.70, 40 % rejected | – | – |');
  expect(fillAdaptivePage(page('cost'), stored(runs))).toContain('| 100 | 20.0 |');
  expect(() => fillAdaptivePage(page('luck'), stored(runs))).toThrow('The page has an unknown part: luck');
});
