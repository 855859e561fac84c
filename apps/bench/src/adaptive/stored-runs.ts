import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

import type { Cost } from './cost.ts';
import type { Measured } from './measure.ts';

/** One run of a setting with a service. */
export interface Run extends Measured {
  readonly service: string;
  readonly setting: string;
  readonly seconds: number;
}

/** Contents of the file that `nx adaptive bench` writes. */
export interface StoredRuns {
  readonly takenAt: string;
  /** The commit that was measured; `-dirty` if files were changed. */
  readonly commit?: string | undefined;
  readonly node: string;
  readonly machine: string;
  readonly runs: readonly Run[];
  readonly cost: readonly Cost[];
}

export function readRuns(file: string): StoredRuns {
  return JSON.parse(readFileSync(file, 'utf8')) as StoredRuns;
}

/** Stores runs, after those that the file has already. */
export function storeRuns(
  file: string,
  commit: string | undefined,
  kept: StoredRuns | undefined,
  runs: readonly Run[],
  cost: readonly Cost[],
): void {
  const stored: StoredRuns = {
    takenAt: new Date().toISOString(),
    commit,
    node: process.version,
    machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'an unknown CPU'}`,
    runs: [...(kept?.runs ?? []), ...runs],
    cost: cost.length > 0 ? cost : (kept?.cost ?? []),
  };
  const rounded = (_: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(5)) : value;
  writeFileSync(file, `${JSON.stringify(stored, rounded)}\n`);
}
