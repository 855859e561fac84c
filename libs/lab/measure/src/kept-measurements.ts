import { isDeepStrictEqual } from 'node:util';

import { LabError, readText, writeText } from '@parallel-lambda/local-lambda';
import { readMeasurements, type Machine, type Measurements } from '@parallel-lambda/report';

import type { Circumstances } from './measured-functions.ts';

/** Stores measurements, for `draw`, `plan --from` and `tune --resume`. */
export async function storeMeasurements(file: string, measurements: Measurements): Promise<void> {
  await writeText(file, `${JSON.stringify(measurements, undefined, 1)}\n`);
}

/** Settings that stored measurements must share with a run that continues them. */
export type Comparable = Circumstances &
  Pick<Measurements, 'purpose'> & {
    readonly commit?: string | undefined;
    readonly workload?: Measurements['workloads'][number];
  };

/**
 * Reads stored measurements to continue them.
 *
 * @throws {LabError} `usage`, if they were measured under other conditions
 * @throws {LabError} if they have another format
 */
export async function readKept(file: string, now: Comparable): Promise<Measurements> {
  const kept = readMeasurements(await readText(file), file);
  const difference = differenceOf(kept, now);
  if (difference === undefined) return kept;
  throw new LabError(
    'usage',
    `${file} cannot be continued: it was measured ${difference}. Delete it, or write to another file.`,
  );
}

function differenceOf(kept: Measurements, now: Comparable): string | undefined {
  const { machine, runtime, architecture, workload } = now;
  if (kept.purpose !== now.purpose) return `by ${kept.purpose}, not by ${now.purpose}`;
  if (now.commit !== undefined && kept.commit !== now.commit) {
    return `at commit ${kept.commit}, and this is ${now.commit}`;
  }
  if (!isSame(kept.machine, machine)) return `${placeOf(kept.machine)}, and this is ${placeOf(machine)}`;
  if (kept.runtime !== runtime) return `with the runtime client "${kept.runtime}", and this is "${runtime}"`;
  if (kept.architecture !== architecture) return `on ${kept.architecture}, and this is ${architecture}`;
  if (!isDeepStrictEqual(kept.enforced, now.enforced)) return 'with other limits of CPU time and memory';
  if (workload && !isDeepStrictEqual(kept.workloads[0], workload)) return 'with other messages';
  return undefined;
}

function isSame(one: Machine | undefined, other: Machine | undefined): boolean {
  return one?.cpu === other?.cpu && one?.cpus === other?.cpus && one?.platform === other?.platform;
}

function placeOf(machine: Machine | undefined): string {
  return machine
    ? `on a machine with ${machine.cpus} CPUs (${machine.cpu}, ${machine.platform})`
    : 'where functions are deployed';
}
