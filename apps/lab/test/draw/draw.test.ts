import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { format, type Measurements } from '@parallel-lambda/report';
import { describe, expect, it } from 'vitest';

import { runLab } from '../run-lab.ts';

const kept: Measurements = {
  format,
  purpose: 'compare',
  takenAt: '2026-11-23T06:00:00.000Z',
  node: 'v24.21.0',
  machine: { platform: 'linux', cpu: 'a CPU', cpus: 2, memoryMb: 8192 },
  runtime: 'own',
  enforced: { cpu: false, memory: false },
  architecture: 'arm64',
  region: 'us-east-1',
  workloads: [{ name: 'any', body: { wait: 1 } }],
  series: [
    {
      id: 'promises',
      workload: 'any',
      variant: 'promises',
      setting: { function: 'promises', memoryMb: 3008 },
      messages: 10,
      cold: false,
    },
  ],
  samples: [31, 32, 33].map((durationMs) => ({
    series: 'promises',
    durationMs,
    billedDurationMs: durationMs,
    maxMemoryUsedMb: 70,
    failed: 0,
  })),
  timelines: [],
  noise: { calibrationsMs: [], loadAverage: 0 },
};

async function draw(content: string) {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'lab-'));
  const [from, html] = [path.join(folder.path, 'kept.json'), path.join(folder.path, 'new/report.html')];
  await writeFile(from, content);
  const run = await runLab(['draw', '--from', from, '--html', html]);
  const page = await readFile(html, 'utf8').catch(() => undefined);
  return { ...run, from, html, page };
}

describe('measurements that were kept', () => {
  it('are drawn again: a summary on stdout, and a report, whose path is printed', async () => {
    const { code, stdout, stderr, html, page } = await draw(JSON.stringify(kept));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/promises +32 ms/);
    expect(stdout).toContain(`Report: ${html}\n`);
    expect(page).toMatch(/^<!doctype html>[\s\S]+Duration of a batch[\s\S]+<\/html>\n$/);
  });

  it.each([
    ['of an older format', JSON.stringify({ ...kept, format: 1 }), 'measurements of an older format'],
    ['that are none', '{}', 'has no measurements'],
    [
      'of a region without prices',
      JSON.stringify({ ...kept, region: 'eu-moon-1' }),
      'do not have the region "eu-moon-1"',
    ],
  ])('%s are refused in a sentence, and nothing is drawn', async (_, content, expected) => {
    const { code, stdout, stderr, page } = await draw(content);
    expect({ code, stdout, page }).toEqual({ code: 2, stdout: '', page: undefined });
    expect(stderr).toContain(expected);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('that are not there are refused', async () => {
    const { code, stderr } = await runLab(['draw', '--from', '/no/such/file.json']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^lab: \/no\/such\/file\.json cannot be read: .+\n$/);
  });
});
