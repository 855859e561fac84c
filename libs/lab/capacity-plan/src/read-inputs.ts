import { LabError, readText } from '@parallel-lambda/local-lambda';
import { readMeasurements } from '@parallel-lambda/report';

import type { MeasuredFunction } from './measured-service.ts';
import { rateWithPeak, readProfile, type Arrivals } from './simulation/arrivals.ts';

/** Options for {@link readArrivals}. */
export interface ArrivalOptions {
  /** Messages per second. */
  readonly rate?: number | undefined;
  /** Path of a file with rates over the day. */
  readonly profile?: string | undefined;
  /** Messages per second during a peak, which starts half-way. @default no peak */
  readonly peak?: number | undefined;
  readonly peakMinutes: number;
}

/**
 * Reads how many messages arrive.
 *
 * @param seconds simulated time
 * @throws {LabError} `usage`, if there is neither a rate nor a profile, or the profile cannot be read
 */
export async function readArrivals(
  { rate, profile, peak, peakMinutes }: ArrivalOptions,
  seconds: number,
): Promise<Arrivals> {
  if (profile !== undefined) return readProfile(await readText(profile), profile);
  if (rate !== undefined) return rateWithPeak({ rate, peak, peakSeconds: peakMinutes * 60, seconds });
  throw new LabError(
    'usage',
    'No load is given. Set --rate, in messages per second, or --profile, a file of rates over the day.',
  );
}

/**
 * Reads measurements of a function.
 *
 * @param file path of measurements that `compare` or `tune` wrote
 * @throws {LabError} `usage`, if they cannot be read
 */
export async function readMeasured(
  file: string,
  chosen: Pick<MeasuredFunction, 'function' | 'workload'>,
): Promise<MeasuredFunction> {
  const measurements = readMeasurements(await readText(file), file);
  return { measurements, file, function: chosen.function, workload: chosen.workload };
}
