import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';

import type { MemorySeries } from './memory.ts';
import type { Series } from './measure.ts';

/** What was measured, case by case; a file of it can be added to. */
export interface Measurements {
  readonly format: 2;
  readonly node: string;
  readonly memoryMb: number;
  readonly measured: readonly {
    readonly case: string;
    readonly takenAt: string;
    readonly series: readonly Series[];
  }[];
  readonly memory?: readonly MemorySeries[];
}

/** What a file holds, or nothing measured yet. A file of another Node or memory size is not added to. */
export async function readMeasurements(file: string | undefined, memoryMb: number): Promise<Measurements> {
  const none: Measurements = { format: 2, node: process.version, memoryMb, measured: [] };
  if (file === undefined || !existsSync(file)) return none;
  const found = JSON.parse(await readFile(file, 'utf8')) as Partial<Measurements>;
  const same = (['format', 'node', 'memoryMb'] as const).every((key) => found[key] === none[key]);
  if (!same) {
    const what = `format ${found.format}, Node ${found.node}, ${found.memoryMb} MB`;
    throw new Error(`${file} was measured with ${what}: measure into another file`);
  }
  return found as Measurements;
}

/** The measurements with one case more, or again. */
export function withCase(measurements: Measurements, name: string, series: readonly Series[]): Measurements {
  const others = measurements.measured.filter((one) => one.case !== name);
  return {
    ...measurements,
    measured: [...others, { case: name, takenAt: new Date().toISOString(), series }],
  };
}

export async function writeMeasurements(file: string, measurements: Measurements): Promise<void> {
  await writeFile(file, `${JSON.stringify(measurements, roundedMs, 1)}\n`);
}

/** A microsecond is far below what two runs have in common. */
function roundedMs(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(3)) : value;
}
