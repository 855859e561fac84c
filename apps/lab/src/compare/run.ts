import { checkWritable } from '@parallel-lambda/local-lambda';
import {
  commitOf,
  compare,
  localFunctions,
  progressText,
  storeMeasurements,
  type MeasuredFunctions,
} from '@parallel-lambda/measure';
import { pricesOf } from '@parallel-lambda/report';

import type { ExitCode } from '../shared/exit-code.ts';
import { showMeasurements } from '../shared/report.ts';
import { showProgress } from '../shared/terminal.ts';
import { openExamples } from '../shared/workspace.ts';
import type { CompareOptions } from './command.ts';

/** Measures the techniques, stores the measurements, and shows the results. */
export async function run(options: CompareOptions): Promise<ExitCode> {
  // Usage errors are thrown before the measurement: an unknown region, a file that cannot be written.
  pricesOf(options.region, options.prices);
  await checkWritable(options.json);
  await checkWritable(options.html);
  await using functions = await functionsOf(options);
  using progress = showProgress('starting the functions');
  const measurements = await compare(functions, {
    ...options,
    commit: options.remote ? undefined : commitOf(process.cwd()),
    onProgress: (current) => {
      progress.update(...progressText(current));
    },
  });
  progress[Symbol.dispose]();
  await storeMeasurements(options.json, measurements);
  return await showMeasurements(measurements, options);
}

async function functionsOf(options: CompareOptions): Promise<MeasuredFunctions> {
  if (!options.remote) return localFunctions((await openExamples()).assembly, options);
  // Loaded here, because the AWS SDK takes longer to load than a function to run.
  const { deployedFunctions } = await import('@parallel-lambda/deployed-stack');
  return deployedFunctions(options.stack);
}
