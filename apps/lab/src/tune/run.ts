import { dirname } from 'node:path';

import { LocalLambdaError } from '@parallel-lambda/local-lambda';
import {
  batchesOfBody,
  batchesOfEvent,
  localTuning,
  ownFunction,
  readKept,
  searchSettings,
  type Batches,
  type Tuning,
} from '@parallel-lambda/measure';
import { pricesOf, type Measurements } from '@parallel-lambda/report';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { measureProgress } from '../shared/measure-progress.ts';
import { readEvent } from '../shared/read-event.ts';
import { showFindings } from '../shared/show-findings.ts';
import { openAssembly } from '../shared/workspace.ts';
import { checkPlace, toJson, writeReport, writeResult } from '../shared/write-report.ts';
import type { TuneOptions } from './command.ts';
import { interruption } from './interruption.ts';
import { remoteTuning } from './remote-tuning.ts';

/** Searches the settings, stores the measurements of each stage, and prints the advice. */
export async function run(options: TuneOptions): Promise<ExitCode> {
  if (options.restore) {
    const { restoreFunctions } = await import('@parallel-lambda/deployed-stack');
    await restoreFunctions(options.stack, dirname(options.json), console.log);
    return exitCode.success;
  }
  pricesOf(options.region, options.prices);
  const measurements = await measure(options);
  await writeResult(options.json, toJson(measurements));
  const code = showFindings(measurements, options.prices);
  await writeReport(measurements, options);
  // A configuration that could not be restored has set the exit code.
  return process.exitCode === exitCode.failure ? exitCode.failure : code;
}

async function measure(options: TuneOptions): Promise<Measurements> {
  const tuning = await openTuning(options);
  // The configuration of a deployed function must not stay changed.
  using interrupted = options.remote ? interruption(() => tuning.left()) : undefined;
  try {
    const kept = options.resume ? await readKept(options.json, tuning) : undefined;
    await checkPlace(options.json);
    await checkPlace(options.html);
    using progress = measureProgress();
    const { region, prices, budget, p99, json } = options;
    const searched = searchSettings(tuning, {
      region,
      prices: pricesOf(region, prices),
      budget,
      p99,
      json,
      kept,
      progress,
      onStage: (soFar) => writeResult(json, toJson(soFar)),
    });
    return await (interrupted ? Promise.race([searched, interrupted.promise]) : searched);
  } finally {
    await tuning[Symbol.asyncDispose]();
  }
}

async function openTuning(options: TuneOptions): Promise<Tuning> {
  const own = options.function !== undefined;
  if (own && options.body === undefined && options.event === undefined) {
    throw new LocalLambdaError(
      'setting',
      'A function of your own needs messages of its own: --event <file>, or --body <json>',
    );
  }
  const batches = await batchesOf(options);
  if (options.remote) return remoteTuning(options, batches);
  const assembly =
    options.function === undefined ? await openAssembly() : ownFunction(options.function, options.handler);
  return localTuning({ ...options, assembly, own, batches });
}

const defaultBody = '[{"wait":40},{"hash":7}]';

async function batchesOf({ body = defaultBody, event }: TuneOptions): Promise<Batches> {
  if (event === undefined) return batchesOfBody(JSON.parse(body));
  return batchesOfEvent(await readEvent(event), event);
}
