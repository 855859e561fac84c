import type { Measurements, Series, Setting } from '../src/index.ts';
import { measurementsOf, sampleOf } from './measurements-of.ts';

/** A setting that was measured: milliseconds of each sample. */
export interface TunedSetting extends Partial<Setting> {
  readonly variant?: string;
  /** @default 100 */
  readonly messages?: number;
  readonly durations: readonly number[];
}

/** Measurements as tune would have kept them. */
export function tunedMeasurements(
  settings: readonly TunedSetting[],
  parts: Partial<Measurements> = {},
): Measurements {
  const measured = settings.map(({ variant = 'promises', messages = 100, durations, ...setting }, place) => {
    const series: Series = {
      id: `setting ${place}`,
      workload: 'your messages',
      variant,
      setting: { function: variant, memoryMb: 1769, ...setting },
      messages,
      cold: false,
    };
    return { series, samples: durations.map((durationMs) => sampleOf(series, durationMs)) };
  });
  return {
    ...measurementsOf({}),
    purpose: 'tune',
    enforced: { cpu: true, memory: true },
    workloads: [{ name: 'your messages', body: { hash: 7 } }],
    series: measured.map(({ series }) => series),
    samples: measured.flatMap(({ samples }) => samples),
    ...parts,
  };
}

/** Six samples around a middle, a hundredth to each side. */
export function around(middle: number): readonly number[] {
  return [0.99, 0.995, 1, 1, 1.005, 1.01].map((factor) => middle * factor);
}
