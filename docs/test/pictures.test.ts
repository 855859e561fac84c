import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { root } from './documents.ts';

/** What the pictures are drawn of: `npx lab draw --from … --pictures …` makes most of them again, `npx nx draw bench` the others. */
const from = path.join(root, 'docs/measurements/compare.json');
const page = 'docs/performance.md';
const kept = path.join(root, 'docs/pictures');

interface Measurements {
  readonly series: readonly { readonly workload: string; readonly way: string; readonly id: string }[];
  readonly samples: readonly { readonly series: string }[];
  readonly timelines: readonly { readonly way: string }[];
}

const measurements = JSON.parse(readFileSync(from, 'utf8')) as Measurements;
const folder = mkdtempSync(path.join(tmpdir(), 'pictures-'));

beforeAll(() => {
  const main = path.join(root, 'apps/lab/src/main.ts');
  const places = ['--pictures', folder, '--html', path.join(folder, 'report.html'), '--no-open'];
  // Fails where the measurements are of another format.
  execFileSync(process.execPath, [main, 'draw', '--from', from, ...places]);
  copyFileSync(path.join(root, page), path.join(folder, 'performance.md'));
  const bench = path.join(root, 'apps/bench/src/draw.ts');
  execFileSync(process.execPath, [
    bench,
    '--pictures',
    folder,
    '--page',
    path.join(folder, 'performance.md'),
  ]);
  // Two programs that draw, on a machine that may be busy.
}, 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it.each(['promises', 'worker-threads', 'effect-fibers'])(
  'the measurements have %s in all there is',
  (way) => {
    expect(measurements.timelines.map((timeline) => timeline.way)).toContain(way);
    for (const workload of new Set(measurements.series.map((series) => series.workload))) {
      const series = measurements.series.find((one) => one.workload === workload && one.way === way);
      const samples = measurements.samples.filter((sample) => sample.series === series?.id);
      expect(samples.length, `${workload}, ${way}`).toBeGreaterThan(0);
    }
  },
);

it.each(readdirSync(kept))('%s is what is drawn of the measurements now', (file) => {
  expect(readFileSync(path.join(folder, file), 'utf8')).toBe(readFileSync(path.join(kept, file), 'utf8'));
});

it('the page on performance says what was measured, now', () => {
  expect(readFileSync(path.join(folder, 'performance.md'), 'utf8')).toBe(
    readFileSync(path.join(root, page), 'utf8'),
  );
});

it.each(['README.md', page])('%s shows only pictures that are there', (document) => {
  const shown = [...readFileSync(path.join(root, document), 'utf8').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)];
  expect(shown.length).toBeGreaterThan(0);
  for (const [, file] of shown) expect(readdirSync(kept)).toContain(path.basename(file ?? ''));
});
