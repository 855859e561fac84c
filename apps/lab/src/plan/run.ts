import {
  planCapacity,
  planJson,
  planPage,
  planText,
  readArrivals,
  readMeasured,
} from '@parallel-lambda/capacity-plan';
import { LabError, writeText } from '@parallel-lambda/local-lambda';
import { pricesOf } from '@parallel-lambda/report';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { showPage } from '../shared/report.ts';
import { textWidth } from '../shared/terminal.ts';
import { storedMeasurements } from '../shared/workspace.ts';
import type { PlanOptions } from './command.ts';

/** Simulates a load, and shows the plan: on the terminal, as a page, as JSON. */
export async function run(options: PlanOptions): Promise<ExitCode> {
  const { batchMs, messageMs, from = storedMeasurements, json } = options;
  const seconds = Math.max(1, Math.round(options.hours * 3600));
  const isMeasured = batchMs === undefined && messageMs === undefined;
  if (isMeasured && from === undefined) {
    throw new LabError(
      'usage',
      'The duration of a batch is missing. Pass --batch-ms MS, or --from FILE with measurements of tune.',
    );
  }
  const plan = planCapacity({
    ...options,
    arrivals: await readArrivals(options, seconds),
    seconds,
    measured: isMeasured && from !== undefined ? await readMeasured(from, options) : undefined,
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
  if (json !== undefined) await writeText(json, planJson(plan));
  await showPage('Plan', planPage(plan, options.prices), options);
  return exitCode.success;
}
