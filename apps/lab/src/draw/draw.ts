import { readFile } from 'node:fs/promises';

import { LocalLambdaError } from '@parallel-lambda/local-lambda';
import { readMeasurements } from '@parallel-lambda/report';

import { showFindings } from './show-findings.ts';
import { writeReport, type ReportOptions } from './write-report.ts';

/** What `lab draw` is told. */
export interface DrawOptions extends ReportOptions {
  readonly from: string;
}

/**
 * Shows measurements that were kept, as after measuring them: on the terminal and as a report.
 *
 * @throws {LocalLambdaError} when the file cannot be read
 * @throws {MeasurementsError} when it holds no measurements, or those of another format
 */
export async function draw({ from, ...report }: DrawOptions): Promise<void> {
  const measurements = readMeasurements(await read(from), from);
  showFindings(measurements);
  await writeReport(measurements, report);
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new LocalLambdaError('setting', `${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
