import path from 'node:path';
import { styleText } from 'node:util';

import { openInBrowser } from '@parallel-lambda/command-line';
import { writeText } from '@parallel-lambda/local-lambda';
import { findingsText, reportPage, type Measurements } from '@parallel-lambda/report';

import type { CompareOptions } from '../compare/command.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { textWidth } from './terminal.ts';

type ReportOptions = Pick<CompareOptions, 'html' | 'open' | 'prices'>;

/** Prints the results of measurements, writes their report, and opens it. */
export async function showMeasurements(
  measurements: Measurements,
  options: ReportOptions,
): Promise<ExitCode> {
  const { text, complete } = findingsText(measurements, { prices: options.prices, width: textWidth() });
  console.log(text);
  await showPage('Report', reportPage(measurements, options.prices), options);
  return complete ? exitCode.success : exitCode.failure;
}

/** Writes a page, prints its path, and opens it in the browser if there is one. */
export async function showPage(
  name: string,
  page: string,
  { html, open }: Pick<ReportOptions, 'html' | 'open'>,
): Promise<void> {
  await writeText(html, page);
  console.log(`${styleText('bold', `${name}:`)} ${path.resolve(html)}`);
  if (open) await openInBrowser(html);
}
