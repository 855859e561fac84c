import path from 'node:path';

import {
  pictureFile,
  picturesOf,
  pricesOf,
  readMeasurements,
  type Measurements,
} from '@parallel-lambda/report';

import { readText } from '../read-text.ts';
import { showFindings } from './show-findings.ts';
import { writeReport, writeResult, type ReportOptions } from './write-report.ts';

/** What `lab draw` is told. */
export interface DrawOptions extends ReportOptions {
  readonly from: string;
  /** A folder. */
  readonly pictures?: string;
}

/**
 * Shows measurements that were kept, as after measuring them: on the terminal and as a report.
 *
 * @throws {LocalLambdaError} when the file cannot be read
 * @throws {MeasurementsError} when it holds no measurements, or those of another format
 */
export async function draw({ from, pictures, ...report }: DrawOptions): Promise<void> {
  const measurements = readMeasurements(await readText(from), from);
  showFindings(measurements);
  if (pictures !== undefined) await writePictures(measurements, pictures);
  await writeReport(measurements, report);
}

async function writePictures(measurements: Measurements, folder: string): Promise<void> {
  for (const picture of picturesOf(measurements, pricesOf(measurements.region))) {
    await writeResult(path.join(folder, `${picture.id}.svg`), pictureFile(picture));
  }
}
