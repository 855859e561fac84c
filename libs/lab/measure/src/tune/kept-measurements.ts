import { isDeepStrictEqual } from 'node:util';

import { LocalLambdaError, readText } from '@parallel-lambda/local-lambda';
import { readMeasurements, type Machine, type Measurements } from '@parallel-lambda/report';

import type { Tuning } from './tuning.ts';

/**
 * What an earlier run kept in a file.
 *
 * @throws {LocalLambdaError} `setting`, when it was measured otherwise: the two do not go together
 * @throws {MeasurementsError} when it is of another format
 */
export async function readKept(file: string, { space, circumstances }: Tuning): Promise<Measurements> {
  const kept = readMeasurements(await readText(file), file);
  const why = whyNot(kept, space.batches.workload, circumstances);
  if (why === undefined) return kept;
  throw new LocalLambdaError(
    'setting',
    `${file} cannot be gone on with: it was measured ${why}. Without --resume it is replaced`,
  );
}

function whyNot(
  kept: Measurements,
  workload: Measurements['workloads'][number],
  { machine, runtime, enforced, architecture }: Tuning['circumstances'],
): string | undefined {
  if (kept.purpose !== 'tune') return 'by compare, not by tune';
  if (!isSame(kept.machine, machine)) return `${placeOf(kept.machine)}, and this is ${placeOf(machine)}`;
  if (kept.runtime !== runtime) return `with the runtime client "${kept.runtime}", and this is "${runtime}"`;
  if (kept.architecture !== architecture) return `on ${kept.architecture}, and this is ${architecture}`;
  if (!isDeepStrictEqual(kept.enforced, enforced)) return 'with other limits of CPU time and memory';
  return isDeepStrictEqual(kept.workloads[0], workload) ? undefined : 'with other messages';
}

function isSame(one: Machine | undefined, other: Machine | undefined): boolean {
  return one?.cpu === other?.cpu && one?.cpus === other?.cpus && one?.platform === other?.platform;
}

function placeOf(machine: Machine | undefined): string {
  return machine
    ? `on a machine with ${machine.cpus} CPUs (${machine.cpu}, ${machine.platform})`
    : 'where functions are deployed';
}
