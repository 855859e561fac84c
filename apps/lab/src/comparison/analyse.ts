import { costOfMillionMessages, pricesOf, spreadOf, type Spread } from '@parallel-lambda/report';

import { oneByOne, type Measurements, type Sample } from './measurements.ts';
import { sampleBatch } from './workloads.ts';

/** One way with one workload. */
export interface Row {
  readonly way: string;
  /** Milliseconds of whole invocations. */
  readonly duration: Spread;
  readonly messagesPerSecond: number;
  /** How many times as fast as one message after another. */
  readonly speedUp: number;
  /** US dollars. */
  readonly costOfMillion: number;
  /** Whether the duration was computed, not measured. */
  readonly computed: boolean;
}

/** The rows of one workload, the yardstick first. */
export interface Group {
  readonly workload: string;
  readonly rows: readonly Row[];
}

/** Makes the table's rows of measurements: nothing is measured here. */
export function analyse(measurements: Measurements): readonly Group[] {
  const { samples } = measurements;
  const names = [...new Set(samples.map(({ workload }) => workload))];
  return names.map((workload) => {
    const own = withYardstick(samples.filter((sample) => sample.workload === workload));
    const ways = [...new Set(own.map(({ way }) => way))].sort(yardstickFirst);
    const yardstick = spreadOf(own.filter(({ way }) => way === oneByOne.name).map(durationOf)).median;
    const rowOf = (way: string): Row =>
      row(
        measurements,
        own.filter((sample) => sample.way === way),
        yardstick,
      );
    return { workload, rows: ways.map(rowOf) };
  });
}

function row(measurements: Measurements, samples: readonly AnalysedSample[], yardstickMs: number): Row {
  const duration = spreadOf(samples.map(durationOf));
  const messages = samples[0]?.messages ?? 0;
  return {
    way: samples[0]?.way ?? '',
    duration,
    messagesPerSecond: (messages / duration.median) * 1000,
    speedUp: yardstickMs / duration.median,
    costOfMillion: costOfMillionMessages({
      billedMs: spreadOf(samples.map(({ billedDurationMs }) => billedDurationMs)).median,
      memoryMb: measurements.memoryMb,
      architecture: measurements.architecture,
      messages,
      prices: pricesOf('us-east-1'),
    }),
    computed: samples.some(({ computed }) => computed),
  };
}

type AnalysedSample = Sample & { readonly computed?: boolean };

/** The sample's batch is not worked on one by one, which would take 20 s: that is computed. */
function withYardstick(samples: readonly Sample[]): readonly AnalysedSample[] {
  const [first] = samples;
  if (!first || samples.some(({ way }) => way === oneByOne.name)) return samples;
  const durationMs = sampleBatch.oneByOneMs;
  return [
    { ...first, way: oneByOne.name, durationMs, billedDurationMs: durationMs, computed: true },
    ...samples,
  ];
}

function yardstickFirst(a: string, b: string): number {
  return Number(b === oneByOne.name) - Number(a === oneByOne.name);
}

function durationOf({ durationMs }: Sample): number {
  return durationMs;
}
