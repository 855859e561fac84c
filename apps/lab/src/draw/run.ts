import path from 'node:path';

import {
  pictureFile,
  picturesOf,
  pricesOf,
  readMeasurements,
  type Measurements,
  type Prices,
} from '@parallel-lambda/report';

import { readText } from '@parallel-lambda/local-lambda';
import { showFindings } from '../shared/show-findings.ts';
import { writeReport, writeResult, type ReportOptions } from '../shared/write-report.ts';

/** What `lab draw` is told. */
export interface DrawOptions extends ReportOptions {
  readonly from: string;
  /** Whose prices. @default that of the measurements */
  readonly region?: string;
  /** A folder. */
  readonly pictures?: string;
}

/**
 * Shows measurements that were kept, as after measuring them: on the terminal and as a report.
 *
 * @throws {LocalLambdaError} when the file cannot be read
 * @throws {MeasurementsError} when it holds no measurements, or those of another format
 */
export async function draw({ from, pictures, region, ...report }: DrawOptions): Promise<void> {
  const kept = readMeasurements(await readText(from), from);
  const measurements = region === undefined ? kept : { ...kept, region };
  const prices = pricesOf(measurements.region, report.prices);
  showFindings(measurements, report.prices);
  if (pictures !== undefined) await writePictures(measurements, prices, pictures);
  await writeReport(measurements, report);
}

async function writePictures(measurements: Measurements, prices: Prices, folder: string): Promise<void> {
  for (const picture of picturesOf(measurements, prices)) {
    await writeResult(path.join(folder, `${picture.id}.svg`), pictureFile(picture));
  }
}
