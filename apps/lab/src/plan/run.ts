import path from 'node:path';

import {
  planCapacity,
  planJson,
  planPage,
  planText,
  rateWithPeak,
  readProfile,
  type Arrivals,
  type CapacityOptions,
} from '@parallel-lambda/capacity-plan';
import { LabError, readText, writeText } from '@parallel-lambda/local-lambda';
import { pricesOf, readMeasurements } from '@parallel-lambda/report';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { showPage } from '../shared/report.ts';
import { textWidth } from '../shared/terminal.ts';
import { root } from '../shared/workspace.ts';
import type { PlanOptions } from './command.ts';

const publishedMeasurements = path.relative('', path.join(root, 'docs/measurements/compare.json'));

/** Simulates a load, and shows the plan: on the terminal, as a page, as JSON. */
export async function run(options: PlanOptions): Promise<ExitCode> {
  const seconds = Math.max(1, Math.round(options.hours * 3600));
  const plan = planCapacity({
    ...options,
    arrivals: await arrivalsOf(options, seconds),
    seconds,
    measured: await measuredBy(options),
    windowSeconds: options.window,
    maximumConcurrency: options.maxConcurrency,
    provisionedPollers: options.pollers,
    messageBytes: options.messageSize,
    maxReceiveCount: options.maxReceives,
    visibilityTimeoutSeconds: options.visibilityTimeout,
    retentionSeconds: options.retention,
    prices: pricesOf(options.region, options.prices),
  });
  console.log(planText(plan, textWidth()));
  if (options.json !== undefined) await writeText(options.json, planJson(plan));
  await showPage('Plan', planPage(plan, options.prices), options);
  return exitCode.success;
}

async function arrivalsOf(options: PlanOptions, seconds: number): Promise<Arrivals> {
  const { profile, rate, peak, peakMinutes } = options;
  if (profile !== undefined) return readProfile(await readText(profile), profile);
  if (rate === undefined) {
    throw new LabError(
      'usage',
      'No load is given. Set --rate, in messages per second, or --profile, a file of rates over the day.',
    );
  }
  return rateWithPeak({ rate, peak, peakSeconds: peakMinutes * 60, seconds });
}

async function measuredBy(options: PlanOptions): Promise<CapacityOptions['measured']> {
  if (options.batchMs !== undefined || options.messageMs !== undefined) return undefined;
  const file = options.from ?? publishedMeasurements;
  const measurements = readMeasurements(await readText(file), file);
  return { measurements, file, function: options.function, workload: options.workload };
}
