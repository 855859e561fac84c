import path from 'node:path';

import { readText } from '@parallel-lambda/local-lambda';
import {
  pictureFile,
  picturesOf,
  pricesOf,
  readMeasurements,
  type Measurements,
  type Prices,
} from '@parallel-lambda/report';

import type { ExitCode } from '../shared/exit-code.ts';
import { showFindings } from '../shared/show-findings.ts';
import { writeReport, writeResult } from '../shared/write-report.ts';
import type { DrawOptions } from './command.ts';

/** Shows stored measurements as after measuring them: on the terminal and as a report. */
export async function run({ from, pictures, region, ...report }: DrawOptions): Promise<ExitCode> {
  const kept = readMeasurements(await readText(from), from);
  const measurements = region === undefined ? kept : { ...kept, region };
  const prices = pricesOf(measurements.region, report.prices);
  const code = showFindings(measurements, report.prices);
  if (pictures !== undefined) await writePictures(measurements, prices, pictures);
  await writeReport(measurements, report);
  return code;
}

async function writePictures(measurements: Measurements, prices: Prices, folder: string): Promise<void> {
  for (const picture of picturesOf(measurements, prices)) {
    await writeResult(path.join(folder, `${picture.id}.svg`), pictureFile(picture));
  }
}
