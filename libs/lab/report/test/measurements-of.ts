import { format, type Measurements, type Sample, type Series, type Workload } from '../src/index.ts';

/** Durations in milliseconds, one a run, by variant. */
export type Durations = Readonly<Record<string, readonly number[]>>;

const known: Readonly<Record<string, Partial<Workload>>> = {
  waiting: { body: { wait: 25 }, reason: 'What waits leaves its thread free.' },
  computing: { body: { hash: 7 }, reason: 'What computes holds its thread.' },
  sample: { body: { wait: 200 }, sequentialMs: 20_000 },
};

/**
 * Measurements as a comparison on two CPUs would have kept them.
 *
 * @param workloads how long each variant took, by workload
 * @param parts what is to be different
 */
export function measurementsOf(
  workloads: Readonly<Record<string, Durations>>,
  parts: Partial<Measurements> = {},
): Measurements {
  const taken = Object.entries(workloads).flatMap(([workload, variants]) =>
    Object.entries(variants).map(([variant, durations]) => ({
      series: seriesOf(workload, variant),
      durations,
    })),
  );
  return {
    format,
    purpose: 'compare',
    takenAt: '2026-11-23T06:00:00.000Z',
    node: 'v24.21.0',
    machine: { platform: 'linux', cpu: 'a CPU', cpus: 2, memoryMb: 8192 },
    runtime: 'own',
    enforced: { cpu: false, memory: false },
    architecture: 'arm64',
    region: 'us-east-1',
    workloads: Object.keys(workloads).map((name) => ({ name, ...known[name] })),
    series: taken.map(({ series }) => series),
    samples: taken.flatMap(({ series, durations }) =>
      durations.map((durationMs) => sampleOf(series, durationMs)),
    ),
    timelines: [],
    noise: { calibrationsMs: [], loadAverage: 0.1 },
    ...parts,
  };
}

export function seriesOf(
  workload: string,
  variant: string,
  setting: Partial<Series['setting']> = {},
): Series {
  const own = { function: variant, memoryMb: 3008, ...setting };
  return { id: `${workload}: ${variant}`, workload, variant, setting: own, messages: 100, cold: false };
}

export function sampleOf({ id }: Series, durationMs: number, parts: Partial<Sample> = {}): Sample {
  const billedDurationMs = Math.ceil(durationMs);
  return { series: id, durationMs, billedDurationMs, maxMemoryUsedMb: 70, failed: 0, ...parts };
}
