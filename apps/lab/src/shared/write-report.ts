import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { styleText } from 'node:util';

import { LabError } from '@parallel-lambda/local-lambda';
import { reportPage, type Measurements, type PriceList } from '@parallel-lambda/report';

import { openInBrowser } from './open-in-browser.ts';

/** Where a report goes. */
export interface ReportOptions {
  /** A file. */
  readonly html: string;
  /** Whether it is shown in the browser. */
  readonly open: boolean;
  /** @default those of the project */
  readonly prices?: PriceList;
}

/**
 * Draws the report of some measurements, says where it is, and shows it where somebody can see it.
 *
 * @throws {LabError} `usage`, when the file cannot be written
 */
export async function writeReport(
  measurements: Measurements,
  { html, open, prices }: ReportOptions,
): Promise<void> {
  await writeResult(html, reportPage(measurements, prices));
  console.log(`${styleText('bold', 'The report, with pictures:')} ${path.resolve(html)}`);
  if (open) await openInBrowser(html);
}

/**
 * Writes a file, and the folders that it is in.
 *
 * @throws {LabError} `usage`
 */
export async function writeResult(file: string, content: string): Promise<void> {
  await inPlace(file, () => writeFile(file, content));
}

/**
 * Tells before a long measuring whether a file can be written after it; one that is there stays as it is.
 *
 * @throws {LabError} `usage`
 */
export async function checkPlace(file: string): Promise<void> {
  await inPlace(file, () => appendFile(file, ''));
}

async function inPlace(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    await write();
  } catch (cause) {
    throw new LabError('usage', `${file} cannot be written: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** Measurements as a file keeps them. */
export function toJson(measurements: Measurements): string {
  return `${JSON.stringify(measurements, undefined, 1)}\n`;
}
