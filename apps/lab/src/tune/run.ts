import { dirname } from 'node:path';

import { LocalLambdaError, type FunctionOptions } from '@parallel-lambda/local-lambda';
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

import type { RemoteOptions } from '../shared/options.ts';
import { showProgress } from '../shared/progress.ts';
import { readEvent } from '../shared/read-event.ts';
import { showFindings } from '../shared/show-findings.ts';
import { openAssembly } from '../shared/workspace.ts';
import { checkPlace, toJson, writeReport, writeResult, type ReportOptions } from '../shared/write-report.ts';
import { interruption } from './interruption.ts';
import { remoteTuning } from './remote-tuning.ts';

/** Options of `lab tune`. */
export interface TuneOptions extends Pick<FunctionOptions, 'runtime'>, RemoteOptions, ReportOptions {
  /** JSON. */
  readonly body?: string;
  /** A file. */
  readonly event?: string;
  /** The folder of a built function. */
  readonly function?: string;
  readonly handler: string;
  /** MB. */
  readonly memory?: readonly number[];
  /** Messages per batch in the coarse search. */
  readonly batchSize: number;
  /** Seconds. */
  readonly budget: number;
  /** Milliseconds. */
  readonly p99?: number;
  readonly region: string;
  /** A file. */
  readonly json: string;
  /** Continue with the measurements in the file. */
  readonly resume?: boolean;
  /** Restore the configurations that an interrupted tuning changed, and do nothing else. */
  readonly restore?: boolean;
}

/** Searches the settings, keeps the measurements of each stage, and prints the advice. */
export async function tune(options: TuneOptions): Promise<void> {
  if (options.restore) {
    const { restoreFunctions } = await import('@parallel-lambda/deployed-stack');
    await restoreFunctions(options.stack, dirname(options.json), console.log);
    return;
  }
  pricesOf(options.region, options.prices);
  const measurements = await measure(options);
  await writeResult(options.json, toJson(measurements));
  showFindings(measurements, options.prices);
  await writeReport(measurements, options);
}

async function measure(options: TuneOptions): Promise<Measurements> {
  const tuning = await openTuning(options);
  // The configuration of a deployed function must not stay changed.
  using interrupted = options.remote ? interruption(() => tuning.left()) : undefined;
  try {
    const kept = options.resume ? await readKept(options.json, tuning) : undefined;
    await checkPlace(options.json);
    await checkPlace(options.html);
    using progress = showProgress();
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
