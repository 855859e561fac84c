import { analyseSeries, pricesOf, type Measurements, type SeriesFigures } from '@parallel-lambda/report';

import { LabError } from '@parallel-lambda/local-lambda';
import type { ServicePoint } from './simulation/service-time.ts';

/** Which of the measured settings is meant. */
export interface MeasuredChoice {
  /** A function's name. */
  readonly function: string;
  /** A workload's name, where there are several. */
  readonly workload?: string | undefined;
  readonly memoryMb?: number | undefined;
}

/** What was measured of one setting. */
export interface MeasuredService {
  readonly points: readonly ServicePoint[];
  readonly spread: readonly number[];
  /** Absent where no cold start of the function was measured. */
  readonly initMs?: number;
  readonly memoryMb: number;
  /** The setting in words. */
  readonly name: string;
  readonly workload: string;
}

/**
 * Takes from measurements what a function's batches take: of the settings that fit the one whose messages cost least, with every
 * batch size that was measured.
 *
 * @param file whose they are, for errors
 * @param prices @default those of the region that they were measured for
 * @throws {LabError} `usage`, when nothing that fits was measured
 */
export function measuredService(
  measurements: Measurements,
  choice: MeasuredChoice,
  file: string,
  prices = pricesOf(measurements.region),
): MeasuredService {
  const all = measurements.series.map((series) => analyseSeries(measurements, series, prices));
  const ofFunction = all.filter(
    ({ series, duration }) => duration && series.variant === choice.function && !series.cold,
  );
  const fitting = ofFunction.filter(
    ({ series }) =>
      (choice.workload === undefined || series.workload === choice.workload) &&
      (choice.memoryMb === undefined || series.setting.memoryMb === choice.memoryMb),
  );
  const cheapest = fitting.reduce<SeriesFigures | undefined>(
    (best, one) => ((one.cost?.median ?? Infinity) < (best?.cost?.median ?? Infinity) ? one : best),
    undefined,
  );
  if (!cheapest) throw new LabError('usage', missing(all, choice, file));
  const { setting, workload, variant } = cheapest.series;
  const same = fitting
    .filter(({ series }) => isSame(series.setting, setting) && series.workload === workload)
    .sort((one, other) => one.series.messages - other.series.messages);
  const cold = all.find(
    ({ series, init }) => init && series.variant === variant && series.setting.memoryMb === setting.memoryMb,
  );
  return {
    points: same.map(({ series, duration }) => ({ messages: series.messages, ms: duration?.median ?? 0 })),
    spread: same.flatMap(({ durationsMs, duration }) =>
      durationsMs.map((ms) => ms / (duration?.median ?? ms)),
    ),
    ...(cold?.init && { initMs: cold.init.median }),
    memoryMb: setting.memoryMb,
    name: [
      variant,
      `${setting.memoryMb} MB`,
      ...(setting.workers === undefined ? [] : [`${setting.workers} workers`]),
      ...(setting.threads === undefined ? [] : [`${setting.threads} threads`]),
    ].join(', '),
    workload,
  };
}

function isSame(
  one: Measurements['series'][number]['setting'],
  other: Measurements['series'][number]['setting'],
): boolean {
  return one.memoryMb === other.memoryMb && one.workers === other.workers && one.threads === other.threads;
}

function missing(all: readonly SeriesFigures[], choice: MeasuredChoice, file: string): string {
  const measured = all.filter(({ duration, series }) => duration && !series.cold).map(({ series }) => series);
  const list = (values: readonly unknown[]): string => [...new Set(values)].map(String).join(', ');
  const wanted = [
    choice.function,
    ...(choice.workload === undefined ? [] : [`"${choice.workload}"`]),
    ...(choice.memoryMb === undefined ? [] : [`${choice.memoryMb} MB`]),
  ].join(', ');
  return (
    `${file} has no measurements of ${wanted}, only of the functions ${list(measured.map(({ variant }) => variant))}, ` +
    `the workloads ${list(measured.map(({ workload }) => workload))} and ` +
    `${list(measured.map(({ setting }) => setting.memoryMb))} MB`
  );
}
