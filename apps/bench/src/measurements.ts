import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';

import { LabError } from '@parallel-lambda/local-lambda';

import type { MemorySeries } from './memory.ts';
import type { Series } from './measure.ts';

/** What was measured, case by case; a file of it can be added to. */
export interface Measurements {
  readonly format: 3;
  readonly node: string;
  /** Its CPUs: how many, of which model. */
  readonly machine: string;
  readonly memoryMb: number;
  readonly measured: readonly {
    readonly case: string;
    readonly takenAt: string;
    /** Of the sources that were measured. */
    readonly commit: string;
    readonly series: readonly Series[];
  }[];
  readonly memory?: {
    readonly takenAt: string;
    readonly commit: string;
    readonly series: readonly MemorySeries[];
  };
}

/** The version of what is kept in a file; another one is not read. */
const format = 3;

const keys = ['node', 'machine', 'memoryMb'] as const;

/**
 * What a file holds, or nothing measured yet. Only what was measured alike is added to.
 *
 * @throws {LabError} `usage`, when it was measured by another Node, on another machine or with another memory size
 */
export async function readMeasurements(file: string | undefined, memoryMb: number): Promise<Measurements> {
  const { length, 0: cpu } = cpus();
  const machine = `${length} × ${cpu?.model.trim() ?? 'unknown'}`;
  const none: Measurements = { format, node: process.version, machine, memoryMb, measured: [] };
  if (file === undefined || !existsSync(file)) return none;
  const found = parseMeasurements(await readFile(file, 'utf8'), file);
  if (keys.every((key) => found[key] === none[key])) return found;
  const what = `Node ${found.node}, ${found.machine}, ${found.memoryMb} MB`;
  throw new LabError('usage', `${file} was measured with ${what}: measure into another file`);
}

/**
 * What a file's text holds.
 *
 * @param file its name
 * @throws {LabError} `usage`, when it has another format
 */
export function parseMeasurements(text: string, file: string): Measurements {
  const found = JSON.parse(text) as Partial<Measurements>;
  if (found.format === format) return found as Measurements;
  throw new LabError(
    'usage',
    `${file} holds no measurements of format ${format}, but of format ${found.format}`,
  );
}

/**
 * Which sources are measured: `-dirty` where they are changed.
 *
 * @param folder the workspace, a clone of git
 */
export function commitOfSources(folder: string): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
  // What was measured before is kept below `docs`, and changes nothing of what is measured now.
  const changed = git('status', '--porcelain', '--', '.', ':(exclude)docs') !== '';
  return `${git('rev-parse', '--short', 'HEAD')}${changed ? '-dirty' : ''}`;
}

/** The measurements with one case more, or again. */
export function withCase(
  measurements: Measurements,
  { name, commit }: { readonly name: string; readonly commit: string },
  series: readonly Series[],
): Measurements {
  const others = measurements.measured.filter((one) => one.case !== name);
  return {
    ...measurements,
    measured: [...others, { case: name, takenAt: new Date().toISOString(), commit, series }],
  };
}

/** What was measured of a case, or nothing. */
export function seriesOf({ measured }: Measurements, name: string): readonly Series[] | undefined {
  return measured.find((one) => one.case === name)?.series;
}

/**
 * What one competitor of a case took, in milliseconds.
 *
 * @throws {LabError} `usage`, when it was not measured
 */
export function durationsOf(
  measurements: Measurements,
  { case: name, competitor }: { readonly case: string; readonly competitor: string },
): readonly number[] {
  const found = seriesOf(measurements, name)?.find((one) => one.competitor === competitor);
  if (!found) throw new LabError('usage', `${competitor} was not measured in the case ${name}`);
  return found.durationsMs;
}

export async function writeMeasurements(file: string, measurements: Measurements): Promise<void> {
  await writeFile(file, `${JSON.stringify(measurements, roundedMs, 1)}\n`);
}

/** A microsecond is far below what two runs have in common. */
function roundedMs(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(3)) : value;
}
