import { styleText } from 'node:util';
import path from 'node:path';

import {
  arrivalsOf,
  assumptions,
  findingsOf,
  longestBatchSeconds,
  planJson,
  planOf,
  planPage,
  planSparklines,
  planTable,
  type Scenario,
  serviceOf,
} from '@parallel-lambda/capacity-plan';
import { LabError } from '@parallel-lambda/local-lambda';
import { pricesOf } from '@parallel-lambda/report';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { writeResult } from '../shared/files.ts';
import { showPage } from '../shared/report.ts';
import { root } from '../shared/workspace.ts';
import type { PlanOptions } from './command.ts';

const publishedMeasurements = path.relative('', path.join(root, 'docs/measurements/compare.json'));

/** Simulates a load, and shows the plan: on the terminal, as a page, as JSON. */
export async function run(options: PlanOptions): Promise<ExitCode> {
  const prices = pricesOf(options.region, options.prices);
  if (prices.millionQueueRequests === undefined) {
    throw new LabError(
      'usage',
      `The prices of ${options.region} have no "millionQueueRequests", which the queue costs`,
    );
  }
  const { service, batchSize, memoryMb, basis } = await serviceOf(
    { from: publishedMeasurements, ...options },
    prices,
  );
  const scenario = await scenarioOf(options, { service, batchSize });
  const made = planOf(scenario, { memoryMb, architecture: options.architecture, prices });
  const { warnings, notes } = findingsOf(made);
  console.log(`${basis}.\n`);
  console.log(planTable(made));
  for (const line of planSparklines(made)) console.log(line);
  console.log();
  for (const sentence of warnings) console.log(styleText('yellow', `! ${sentence}`));
  for (const sentence of notes) console.log(`- ${sentence}`);
  for (const sentence of assumptions) console.log(styleText('dim', sentence));
  if (options.json !== undefined) await writeResult(options.json, planJson(made));
  const facts = [
    ['A batch', basis],
    ['Mapping', `batches of ${batchSize}, a window of ${scenario.windowSeconds} s`],
    ['Function', `${memoryMb} MB, ${options.architecture}, ${options.region}`],
  ] as const;
  await showPage('Plan', planPage(made, facts, options.prices), options);
  return exitCode.success;
}

async function scenarioOf(
  options: PlanOptions,
  { service, batchSize }: Pick<Scenario, 'service' | 'batchSize'>,
): Promise<Scenario> {
  const seconds = Math.max(1, Math.round(options.hours * 3600));
  const windowSeconds = options.window ?? (batchSize > mostWithoutWindow ? 1 : 0);
  if (batchSize > mostWithoutWindow && windowSeconds < 1) {
    throw new LabError(
      'usage',
      `A batch of ${batchSize} needs a --window of 1 s at least: without one it is of 10 at most`,
    );
  }
  const longest = longestBatchSeconds(service, batchSize) + service.initMs / 1000;
  if (options.visibilityTimeout < longest) {
    throw new LabError(
      'usage',
      `A --visibility-timeout of ${options.visibilityTimeout} s is shorter than a batch with INIT, ${longest.toFixed(1)} s: ` +
        'its messages would be received again meanwhile',
    );
  }
  return {
    arrivals: await arrivalsOf(options, seconds),
    seconds,
    service,
    batchSize,
    windowSeconds,
    pollers: options.pollers,
    maximumConcurrency: options.maxConcurrency,
    accountConcurrency: options.accountConcurrency,
    failureRate: options.failureRate,
    maxReceiveCount: options.maxReceives,
    visibilityTimeoutSeconds: options.visibilityTimeout,
    retentionSeconds: options.retention,
    seed: options.seed,
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const mostWithoutWindow = 10;
