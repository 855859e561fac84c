import type { Measurements, Sample } from '../../src/comparison/measurements.ts';

/** Durations in milliseconds, one a run, by way. */
export type Durations = Readonly<Record<string, readonly number[]>>;

/**
 * Measurements as a comparison on two CPUs would have kept them.
 *
 * @param workloads how long each way took, by workload
 * @param messages in each batch
 */
export function measurements(workloads: Readonly<Record<string, Durations>>, messages = 100): Measurements {
  const samples = Object.entries(workloads).flatMap(([workload, ways]) =>
    Object.entries(ways).flatMap(([way, durations]) =>
      durations.map((durationMs): Sample => ({
        workload,
        way,
        messages,
        durationMs,
        billedDurationMs: Math.ceil(durationMs),
        maxMemoryUsedMb: 70,
      })),
    ),
  );
  return {
    format: 1,
    takenAt: '2026-11-23T06:00:00.000Z',
    node: 'v24.21.0',
    machine: { platform: 'linux', cpu: 'a CPU', cpus: 2 },
    runtime: 'own',
    memoryMb: 3008,
    architecture: 'arm64',
    runs: 3,
    samples,
  };
}
