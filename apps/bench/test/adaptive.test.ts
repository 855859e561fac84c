import { services } from '@parallel-lambda/downstream';
import { expect, it } from 'vitest';

import { bestToMeasure, compareSettings } from '../src/adaptive/compare-settings.ts';
import { adaptivePicture, curvesPicture, fillAdaptivePage } from '../src/adaptive/page.ts';
import type { Run, StoredRuns } from '../src/adaptive/stored-runs.ts';

function runOf(service: string, setting: string, perSecond: number, rejected = 0): Run {
  const bySecond = [perSecond / 2, perSecond];
  return {
    ...{ service, setting, seconds: 10, perSecond, earlyPerSecond: perSecond / 2 },
    ...{ rejected, p99Ms: 100, bySecond },
  };
}

function stored(runs: readonly Run[]): StoredRuns {
  return {
    takenAt: '2026-01-02T03:04:05Z',
    node: 'v24.0.0',
    machine: '2 × a CPU',
    runs,
    cost: [
      { setting: '512', durationsMs: [10, 20, 30], cpuMs: [8, 9], inFlight: [512] },
      { setting: 'adaptive, 1 to 512', durationsMs: [22], cpuMs: [9], inFlight: [500.4] },
    ],
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

it('finds the best fixed number until it has enough runs that are long enough', () => {
  const short = { ...runOf('a', '64', 2_000), seconds: 2 };
  const best = (more: readonly Run[], count = 1) => bestToMeasure(stored([...runs, ...more]), 'a', 10, count);
  expect(best([short])).toBe('64');
  expect(best([short, runOf('a', '64', 900)])).toBeUndefined();
  expect(best([short, runOf('a', '64', 900)], 2)).toBe('20');
});

it('compares the first seconds with those of whole runs only', () => {
  const short = { ...runOf('b', '8', 500), seconds: 2, earlyPerSecond: 5_000 };
  const own = compareSettings(stored([...runs.filter(({ setting }) => setting !== '8'), short]));
  const result = own.find(({ service }) => service === 'b');
  expect(result?.settings.find(({ setting }) => setting === 'adaptive')?.earlyShare).toBeCloseTo(0.97, 5);
});

it('states how many services reach the target', () => {
  expect(adaptivePicture(stored(runs)).findings).toEqual([
    'Adaptive workers reach at least 95 % of the best fixed number with 7 of 8 services, and 90 % with the worst.',
  ]);
});

it('draws the throughput over time, if it was measured', () => {
  const page = '<!-- generated: curves -->\n<!-- end -->\n';
  expect(fillAdaptivePage(page, stored(runs))).toContain('adaptive-workers-over-time.svg');
  const without = runs.map((run) => ({ ...run, bySecond: [] }));
  expect(curvesPicture(stored(without))).toBeUndefined();
  expect(fillAdaptivePage(page, stored(without))).not.toContain('.svg');
});

it('fills in its page, and refuses an unknown part', () => {
  const page = (name: string): string => `Before.\n\n<!-- generated: ${name} -->\n<!-- end -->\n`;
  const filled = fillAdaptivePage(page('results'), stored(runs));
  expect(filled).toContain('| 20: 995 | 0.90 | 0.90 | 0.0 % | 100 (100) | 0.70, 40 % rejected | – | – |');
  expect(fillAdaptivePage(page('cost'), stored(runs))).toContain(
    '| adaptive, 1 to 512 | 22.0 | 1.100 | 9.0 | 500 |',
  );
  expect(() => fillAdaptivePage(page('luck'), stored(runs))).toThrow('The page has an unknown part: luck');
});
