import { cases } from '../src/cases.ts';
import type { Measurements } from '../src/measurements.ts';

/** Every case, as if each competitor had taken so long. */
export function measured(durationOf: (one: string, competitor: string) => number): Measurements {
  return {
    format: 3,
    node: 'v24.0.0',
    machine: '2 × a CPU',
    memoryMb: 3538,
    measured: cases.map(({ name, competitors }) => ({
      case: name,
      takenAt: '2026-01-02T03:04:05.678Z',
      commit: 'abc1234',
      series: competitors.map(({ name: competitor, peer }) => ({
        competitor,
        ...(peer && { peer }),
        durationsMs: [durationOf(name, competitor)],
      })),
    })),
  };
}
