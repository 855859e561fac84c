import { format, type Measurements } from '@parallel-lambda/report';

import { cases } from '../src/cases.ts';
import { trialsOf } from '../src/trials.ts';

/** Returns measurements of all cases, one sample each. */
export function measured(
  durationOf: (name: string, variant: string, messages: number) => number,
): Measurements {
  const series = cases.flatMap((one) => trialsOf(one, '').map((trial) => trial.series));
  return {
    format,
    purpose: 'compare',
    takenAt: '2026-01-02T03:04:05.678Z',
    node: 'v24.0.0',
    commit: 'abc1234',
    machine: { platform: 'linux', cpu: 'a CPU', cpus: 2 },
    runtime: 'own',
    enforced: { cpu: true, memory: true },
    architecture: 'arm64',
    region: 'us-east-1',
    workloads: cases.map(({ name }) => ({ name })),
    series,
    samples: series.map(({ id, workload, variant, messages }) => ({
      series: id,
      durationMs: durationOf(workload, variant, messages),
      billedDurationMs: 1,
      failed: 0,
    })),
    timelines: [],
    noise: { calibrationsMs: [], loadAverage: 0 },
  };
}
