import path from 'node:path';

import { interruption } from '@parallel-lambda/command-line';
import { openService } from '@parallel-lambda/downstream';
import { checkWritable } from '@parallel-lambda/local-lambda';
import { withLayers } from '@parallel-lambda/local-stack';
import {
  commitOf,
  localFunctions,
  openTuned,
  progressText,
  readBatches,
  readKept,
  signalHandlers,
  storeMeasurements,
  tune,
  tunedText,
  type MeasuredFunctions,
} from '@parallel-lambda/measure';
import { pricesOf, type Measurements } from '@parallel-lambda/report';

import { exitCode, type ExitCode } from '../shared/exit-code.ts';
import { showMeasurements } from '../shared/report.ts';
import { showProgress, warn } from '../shared/terminal.ts';
import { openExamples, openStacks } from '../shared/workspace.ts';
import type { TuneOptions } from './command.ts';

/** Searches the settings, stores the measurements of each stage, and prints the advice. */
export async function run(options: TuneOptions): Promise<ExitCode> {
  if (options.restore) {
    const { restoredText, restoreFunctions } = await import('@parallel-lambda/deployed-stack');
    for (const one of await restoreFunctions(options.stack, path.dirname(options.json))) {
      console.log(restoredText(one));
    }
    return exitCode.success;
  }
  pricesOf(options.region, options.prices);
  const restoreErrors: Error[] = [];
  const measurements = await search(options, restoreErrors);
  await storeMeasurements(options.json, measurements);
  const code = await showMeasurements(measurements, options);
  return restoreErrors.length > 0 ? exitCode.failure : code;
}

async function search(options: TuneOptions, restoreErrors: Error[]): Promise<Measurements> {
  const { region, json } = options;
  await using service = await openService(options.downstream);
  const batches = await readBatches({ ...options, downstream: service });
  const functions = await functionsOf(options, service?.variables, restoreErrors);
  // Disposed after the functions: a second signal ends the restoration of their configuration.
  using interrupted = options.remote ? interruption(...signalHandlers(functions, warn)) : undefined;
  await using measured = functions;
  const commit = options.remote ? undefined : commitOf(process.cwd());
  const now = { purpose: 'tune', commit, workload: batches.workload, ...measured.circumstances } as const;
  const kept = options.resume ? await readKept(json, now) : undefined;
  await checkWritable(json);
  await checkWritable(options.html);
  using progress = showProgress('starting the functions');
  const searched = tune(measured, {
    ...options,
    function: tunedText(options),
    batches,
    prices: pricesOf(region, options.prices),
    commit,
    kept,
    onProgress: (current) => {
      progress.update(...progressText(current));
    },
    onStage: (soFar) => storeMeasurements(json, soFar),
  });
  return await (interrupted ? Promise.race([searched, interrupted.promise]) : searched);
}

async function functionsOf(
  options: TuneOptions,
  variables: Readonly<Record<string, string>> = {},
  restoreErrors: Error[],
): Promise<MeasuredFunctions> {
  const { remote, stack, runtime, json, env, envFile, layer } = options;
  if (!remote) {
    const { assembly, present } = await openTuned(options, (input) =>
      input === undefined ? openExamples() : openStacks(options),
    );
    const environment = { env: { ...env, ...variables }, ...(envFile && { envFile }) };
    const functions =
      options.assembly === undefined ? withLayers(assembly.functions, layer) : assembly.functions;
    return localFunctions({ ...assembly, functions }, { runtime, timeout: 60, present, ...environment });
  }
  // Loaded here, because the AWS SDK takes longer to load than a function to run.
  const { tunedFunctions } = await import('@parallel-lambda/deployed-stack');
  return tunedFunctions(stack, path.dirname(json), {
    onWarning: warn,
    onRestoreError: (error) => {
      restoreErrors.push(error);
      warn(error.message);
    },
  });
}
