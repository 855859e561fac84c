import { execFileSync } from 'node:child_process';
import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, it } from 'vitest';

import { commitOfSources, readMeasurements, withCase, writeMeasurements } from '../src/measurements.ts';

const commit = 'abc1234';
const series = [{ competitor: 'ours', durationsMs: [1.23456] }];

it('keeps what a file holds, adds a case, and puts one that was measured again in its place', async () => {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'bench-'));
  const file = path.join(folder.path, 'measurements.json');
  const first = withCase(await readMeasurements(file, 3538), { name: 'one', commit }, series);
  await writeMeasurements(file, withCase(first, { name: 'two', commit }, series));
  const read = await readMeasurements(file, 3538);
  expect(read.measured.map((one) => one.case)).toEqual(['one', 'two']);
  expect(read.measured[0]?.series).toEqual([{ competitor: 'ours', durationsMs: [1.235] }]);
  expect(
    withCase(read, { name: 'one', commit }, []).measured.map((one) => [one.case, one.series.length]),
  ).toEqual([
    ['two', 1],
    ['one', 0],
  ]);
});

it('adds to no file of another memory size or format', async () => {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'bench-'));
  const file = path.join(folder.path, 'measurements.json');
  await writeMeasurements(file, await readMeasurements(file, 3538));
  await expect(readMeasurements(file, 1769)).rejects.toThrow(/3538 MB: measure into another file$/);
  await writeFile(file, '{}');
  await expect(readMeasurements(file, 3538)).rejects.toThrow('format undefined');
});

it('tells sources that are changed from those of a commit, whatever is changed below docs', async () => {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'bench-'));
  const write = (file: string, text: string): Promise<void> => writeFile(path.join(folder.path, file), text);
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: folder.path, encoding: 'utf8' }).trim();
  git('init', '--quiet');
  await write('source.ts', '');
  git('add', '.');
  git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--message', 'first');
  const commit = git('rev-parse', '--short', 'HEAD');
  expect(commitOfSources(folder.path)).toBe(commit);

  await mkdir(path.join(folder.path, 'docs'));
  await write('docs/performance.md', 'measured');
  expect(commitOfSources(folder.path)).toBe(commit);

  await write('source.ts', 'changed');
  expect(commitOfSources(folder.path)).toBe(`${commit}-dirty`);
});
