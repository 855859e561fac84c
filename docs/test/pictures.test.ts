import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { root } from './documents.ts';

/** Measurements and the pictures that `npx lab draw --from … --pictures …` draws from them. */
const drawn = [
  ['docs/measurements/compare.json', 'docs/pictures'],
  ['docs/measurements/tune.json', 'docs/pictures/tune'],
] as const;
/** The pages that `npx nx draw bench` fills in. */
const pages = ['docs/performance.md', 'README.md'];
/** The page that `npx nx draw-adaptive bench` fills in. */
const adaptivePage = 'docs/adaptive-workers.md';
const stored = 'docs/pictures';

interface Measurements {
  readonly series: readonly { readonly workload: string; readonly variant: string; readonly id: string }[];
  readonly samples: readonly { readonly series: string }[];
  readonly timelines: readonly { readonly variant: string }[];
}

const folder = mkdtempSync(path.join(tmpdir(), 'pictures-'));

beforeAll(() => {
  const main = path.join(root, 'apps/lab/src/main.ts');
  for (const [from, pictures] of drawn) {
    const places = ['--pictures', path.join(folder, pictures), '--html', path.join(folder, 'report.html')];
    // Fails if the measurements have another format.
    execFileSync(process.execPath, [main, 'draw', '--from', path.join(root, from), ...places, '--no-open']);
  }
  for (const page of pages) copyFileSync(path.join(root, page), path.join(folder, page));
  const bench = path.join(root, 'apps/bench/src/draw.ts');
  execFileSync(process.execPath, [
    bench,
    '--pictures',
    path.join(folder, stored),
    '--page',
    ...pages.map((page) => path.join(folder, page)),
  ]);
  copyFileSync(path.join(root, adaptivePage), path.join(folder, adaptivePage));
  execFileSync(process.execPath, [
    path.join(root, 'apps/bench/src/adaptive/draw.ts'),
    '--pictures',
    path.join(folder, stored),
    '--page',
    path.join(folder, adaptivePage),
  ]);
  // Several programs, on a machine that may be busy.
}, 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const variants = ['promises', 'worker-threads', 'effect-fibers'];

it.each(drawn.flatMap(([from]) => variants.map((variant) => [from, variant] as const)))(
  '%s has samples of %s for every workload',
  (from, variant) => {
    const measurements = JSON.parse(readFileSync(path.join(root, from), 'utf8')) as Measurements;
    expect(measurements.timelines.map((timeline) => timeline.variant)).toContain(variant);
    for (const workload of new Set(measurements.series.map((series) => series.workload))) {
      const series = measurements.series.filter(
        (one) => one.workload === workload && one.variant === variant,
      );
      expect(series.length, `${workload}, ${variant}`).toBeGreaterThan(0);
      // A tuning leaves out settings for which its budget has no time.
      const ids = new Set(series.map(({ id }) => id));
      const samples = measurements.samples.filter((sample) => ids.has(sample.series));
      expect(samples.length, `${workload}, ${variant}`).toBeGreaterThan(0);
    }
  },
);

const pictures = globSync(`${stored}/**/*.svg`, { cwd: root });

it.each(pictures)('%s shows the stored measurements', (file) => {
  expect(readFileSync(path.join(folder, file), 'utf8')).toBe(readFileSync(path.join(root, file), 'utf8'));
});

it.each([...pages, adaptivePage])('%s has the stored measurements', (page) => {
  expect(readFileSync(path.join(folder, page), 'utf8')).toBe(readFileSync(path.join(root, page), 'utf8'));
});

it.each([...pages, adaptivePage, 'docs/measuring.md'])('%s shows only pictures that exist', (document) => {
  const shown = [...readFileSync(path.join(root, document), 'utf8').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)];
  expect(shown.length).toBeGreaterThan(0);
  const from = path.dirname(document);
  for (const [, file = ''] of shown) expect(pictures).toContain(path.join(from, file));
});
