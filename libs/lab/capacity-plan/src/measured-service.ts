import { LabError } from '@parallel-lambda/local-lambda';
import {
  analyseSeries,
  counted,
  type Measurements,
  type Prices,
  type SeriesFigures,
  type Setting,
  workersText,
} from '@parallel-lambda/report';

import type { ServicePoint } from './simulation/service-time.ts';

/** Measurements of a function, and which of them to use. */
export interface MeasuredFunction {
  readonly measurements: Measurements;
  /** Name of the measurements, for errors and the plan. */
  readonly file: string;
  /** A function's name. */
  readonly function: string;
  /** A workload's name. @default `both` of a comparison, any of a tuning */
  readonly workload?: string | undefined;
}

/** Durations of the batches of one measured setting. */
export interface MeasuredService {
  readonly points: readonly ServicePoint[];
  readonly spread: readonly number[];
  /** Absent if no cold start of the function was measured. */
  readonly initMs?: number;
  readonly memoryMb: number;
  /** Description of the setting. */
  readonly name: string;
  readonly workload: string;
}

/**
 * Finds the setting whose messages cost least, and takes all of its batch sizes.
 *
 * @param memoryMb @default any memory size
 * @throws {LabError} `usage`, if there are no such measurements
 */
export function measuredService(
  { measurements, file, function: name, workload: wanted }: MeasuredFunction,
  memoryMb: number | undefined,
  prices: Prices,
): MeasuredService {
  const workload = wanted ?? (measurements.purpose === 'compare' ? 'both' : undefined);
  const all = measurements.series
    .map((series) => analyseSeries(measurements, series, prices))
    .filter(({ duration }) => duration);
  const warm = all.filter(({ series }) => !series.cold);
  const fitting = warm.filter(
    ({ series }) =>
      series.variant === name &&
      (workload === undefined || series.workload === workload) &&
      (memoryMb === undefined || series.setting.memoryMb === memoryMb),
  );
  const [cheapest] = [...fitting].sort((a, b) => costOf(a) - costOf(b));
  if (!cheapest) {
    const missing = [
      name,
      ...(workload === undefined ? [] : [`"${workload}"`]),
      ...(memoryMb === undefined ? [] : [`${memoryMb} MB`]),
    ].join(', ');
    throw new LabError('usage', `${file} has no measurements of ${missing}. ${available(warm)}`);
  }
  const { series } = cheapest;
  const same = fitting
    .filter((one) => isSame(one.series.setting, series.setting) && one.series.workload === series.workload)
    .sort((a, b) => a.series.messages - b.series.messages);
  const cold = all.find(
    (one) =>
      one.init && one.series.variant === name && one.series.setting.memoryMb === series.setting.memoryMb,
  );
  return {
    points: same.map((one) => ({ messages: one.series.messages, ms: one.duration?.median ?? 0 })),
    spread: same.flatMap(({ durationsMs, duration }) =>
      durationsMs.map((ms) => ms / (duration?.median ?? ms)),
    ),
    ...(cold?.init && { initMs: cold.init.median }),
    memoryMb: series.setting.memoryMb,
    name: nameOf(name, series.setting),
    workload: series.workload,
  };
}

function costOf({ cost }: SeriesFigures): number {
  return cost?.median ?? Infinity;
}

function isSame(one: Setting, other: Setting): boolean {
  return one.memoryMb === other.memoryMb && one.workers === other.workers && one.threads === other.threads;
}

function nameOf(name: string, { memoryMb, workers, threads }: Setting): string {
  return [
    name,
    `${memoryMb} MB`,
    ...(workers === undefined ? [] : [workersText(workers)]),
    ...(threads === undefined ? [] : [counted(threads, 'thread')]),
  ].join(', ');
}

function available(all: readonly SeriesFigures[]): string {
  const list = (values: readonly unknown[]): string => [...new Set(values)].map(String).join(', ');
  return (
    `It has the functions ${list(all.map(({ series }) => series.variant))}, ` +
    `the workloads ${list(all.map(({ series }) => series.workload))} and ` +
    `${list(all.map(({ series }) => series.setting.memoryMb))} MB.`
  );
}
