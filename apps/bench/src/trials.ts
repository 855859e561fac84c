import { LabError } from '@parallel-lambda/local-lambda';
import type { Trial } from '@parallel-lambda/measure';
import type { Measurements } from '@parallel-lambda/report';

import type { Case } from './cases.ts';
import { memoryMb } from './functions.ts';

/** Returns the trials of a case: one per variant. */
export function trialsOf(one: Case, server: string): readonly Trial[] {
  const { name: workload, variants, runs, warmUps = 3, untimed = 0, cold = false } = one;
  const event = one.event(server);
  return variants.map(({ name, function: functionName, setting }) => ({
    series: {
      id: seriesId(workload, name),
      workload,
      variant: name,
      setting: { function: functionName, memoryMb, ...setting },
      messages: event.Records.length,
      cold,
    },
    event,
    ...(runs !== 1 && { warmUp: event }),
    warmUps,
    untimed,
    ...(runs !== undefined && { maxRuns: runs }),
  }));
}

/**
 * Returns the milliseconds of each sample of a variant, with INIT in a cold start. Without samples, the list is empty.
 */
export function durationsOf({ samples }: Measurements, workload: string, variant: string): readonly number[] {
  const id = seriesId(workload, variant);
  return samples
    .filter(({ series }) => series === id)
    .map(({ durationMs, initDurationMs = 0 }) => durationMs + initDurationMs);
}

/**
 * Refuses samples with another number of failed messages than the case has: they would look fast.
 *
 * @throws {LabError} `failure`
 */
export function refuseFailures({ name, failures = 0 }: Case, { series, samples }: Measurements): void {
  for (const { id, workload, variant } of series) {
    if (workload !== name) continue;
    const wrong = samples.find((sample) => sample.series === id && sample.failed !== failures);
    if (!wrong) continue;
    const reason = wrong.error === undefined ? '' : ` (${wrong.error})`;
    throw new LabError(
      'failure',
      `${variant} reported ${wrong.failed} failed messages in the case ${name}, expected ${failures}${reason}`,
    );
  }
}

function seriesId(workload: string, variant: string): string {
  return `${workload}: ${variant}`;
}
