import { describe, expect, it } from 'vitest';

import { pictureFile, picturesOf, pricesOf, reportPage } from '../../src/index.ts';
import { measurementsOf, sampleOf, seriesOf } from '../measurements-of.ts';
import { drawnMeasurements } from './drawn-measurements.ts';

const page = reportPage(drawnMeasurements);
const prices = pricesOf('us-east-1');

describe('the report', () => {
  it('is below 1 MB', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
  });

  it('is self-contained, without scripts', () => {
    const references = [...page.matchAll(/(?:src|href|url)\s*[=(]\s*["']?([^"')\s>]+)/g)].map(([, to]) => to);
    expect(references.filter((to) => !/^(#|data:)/.test(to ?? ''))).toEqual([]);
    expect(page).not.toMatch(/<script|@import|<iframe|onload=/i);
  });

  it('is the same for the same measurements', () => {
    expect(reportPage(drawnMeasurements)).toBe(page);
  });

  it('has the answer, the timeline, durations, costs and cold starts, then how it was measured', () => {
    const headings = [...page.matchAll(/<h2[^>]*>([^<]+)/g)].map(([, text]) => text);
    expect(page.indexOf('class="answer"')).toBeLessThan(page.indexOf('<h2'));
    expect(headings).toEqual([
      'One batch, step by step',
      'Duration of a batch',
      'Cost of a million messages',
      'Cold start',
      'How it was measured',
    ]);
  });

  it('labels every drawing for screen readers, each with a unique id', () => {
    const drawings = [...page.matchAll(/<svg[^>]*aria-labelledby="(\S+) (\S+)"/g)];
    expect(drawings).toHaveLength(8);
    for (const [, title, description] of drawings) {
      expect(page).toContain(`<title id="${title}">`);
      expect(page).toMatch(new RegExp(`<desc id="${description}">[^<]{40}`));
    }
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has the figures of each picture in a table', () => {
    expect(page.match(/<table>/g)).toHaveLength(4);
    expect(page).toMatch(
      /<th scope="row">computing<\/th><td class="text">worker-threads<\/td><td>257 ms<\/td>/,
    );
  });

  it('draws in colours that light and dark define', () => {
    const drawings = page.slice(page.indexOf('<main>'));
    expect(drawings).not.toMatch(/#fe00/);
    const used = new Set([...drawings.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name));
    expect(used.size).toBeGreaterThan(5);
    for (const name of used) expect(page.match(new RegExp(`${name}:#`, 'g'))).toHaveLength(2);
  });

  it('keeps what others wrote from becoming part of the page', () => {
    const machine = { platform: '<b>', cpu: '"&', cpus: 2, memoryMb: 1 };
    expect(reportPage({ ...drawnMeasurements, machine })).toContain('&lt;b&gt;, 2 CPUs (&quot;&amp;)');
  });
});

describe('what the pictures say', () => {
  it('is computed from what was measured', () => {
    const findings = picturesOf(drawnMeasurements, prices).map((picture) => picture.findings);
    expect(findings).toMatchInlineSnapshot(`
      [
        [
          "promises: up to 2 messages in flight, computing sequentially for 30.0 ms of 70.0 ms.",
          "worker-threads: up to 2 messages computing in parallel on 2 threads, 55.0 ms in total.",
          "worker-threads finished 1.3× faster.",
        ],
        [
          "waiting: worker-threads is fastest, 1.9× faster than sequential; effect-fibers and promises took at least 1.8× as long. What waits leaves its thread free.",
          "computing: worker-threads is fastest, 1.9× faster than sequential; effect-fibers and promises took at least 1.8× as long. What computes holds its thread.",
        ],
        [
          "waiting: $0.103 (worker-threads) to $0.192 (sequential).",
          "computing: $0.103 (worker-threads) to $0.192 (sequential).",
        ],
        [
          "promises starts in 60.5 ms, effect-fibers in 101 ms. INIT is billed too.",
        ],
      ]
    `);
  });

  it('lists missing and failed settings', () => {
    const series = seriesOf('waiting', 'promises');
    const error = 'Sandbox.Timedout: Task timed out after 3.00 seconds';
    const failed = [sampleOf(series, 3000, { failed: 100, error })];
    const measurements = measurementsOf({
      waiting: { promises: [], 'worker-threads': [], 'effect-fibers': [30, 31, 32] },
    });
    const [duration] = picturesOf({ ...measurements, samples: [...measurements.samples, ...failed] }, prices);
    expect(duration?.findings.slice(-2)).toEqual([
      expect.stringMatching(/^Excluded, because messages failed: waiting: promises\. /),
      'Not measured within the time budget: waiting: worker-threads.',
    ]);
    expect(duration?.figures.rows.map((row) => row.slice(1, 3))).toEqual([
      ['promises', 'failed'],
      ['worker-threads', 'missing'],
      ['effect-fibers', '31 ms'],
    ]);
  });

  it('is that no result exists, if no sample succeeded', () => {
    const nothing = measurementsOf({ waiting: { promises: [] } });
    expect(picturesOf(nothing, prices)).toEqual([]);
    expect(reportPage(nothing)).toContain('No sample succeeded');
  });
});

it('a picture in a separate file has its colours, for light and for dark', () => {
  const [timeline] = picturesOf(drawnMeasurements, prices);
  const svg = timeline ? pictureFile(timeline) : '';
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 820 \d+" role="img"/);
  expect(svg).toContain('prefers-color-scheme:dark');
  expect(svg).toMatch(/fill="var\(--computes\)"/);
});
