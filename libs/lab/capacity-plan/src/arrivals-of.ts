import { LabError } from '@parallel-lambda/local-lambda';
import { readProfile, steadyWithPeak, type Arrivals } from './simulation/arrivals.ts';

import { readText } from '@parallel-lambda/local-lambda';

/** The options that say what arrives. */
export interface ArrivalOptions {
  readonly rate?: number;
  readonly profile?: string;
  readonly peak?: number;
  readonly peakMinutes: number;
}

/**
 * @param seconds how long is looked at
 * @throws {LabError} `usage`, when nothing says what arrives, or the profile cannot be used
 */
export async function arrivalsOf(
  { rate, profile, peak, peakMinutes }: ArrivalOptions,
  seconds: number,
): Promise<Arrivals> {
  if (profile !== undefined) return readProfile(await readText(profile), profile);
  if (rate === undefined) {
    throw new LabError(
      'usage',
      'Say what arrives: --rate, in messages a second, or --profile, a file of rates over the day',
    );
  }
  return steadyWithPeak({ rate, peak, peakSeconds: peakMinutes * 60, seconds });
}
