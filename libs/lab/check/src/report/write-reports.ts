import { handlerFile, readEvent, writeText, type FunctionDefinition } from '@parallel-lambda/local-lambda';

import type { FullReport } from './finding.ts';
import { junitXml } from './junit.ts';
import { reportMarkdown } from './report-markdown.ts';
import { sarif } from './sarif.ts';

/** Files to write a report to. */
export interface ReportFiles {
  readonly junit?: string | undefined;
  readonly sarif?: string | undefined;
  readonly markdown?: string | undefined;
  /** An earlier report as JSON, whose differences are shown in the Markdown. */
  readonly before?: string | undefined;
}

/**
 * Writes a report in the forms that other tools read.
 *
 * @throws {LabError} if a file cannot be read or written
 */
export async function writeReports(
  report: FullReport,
  definition: FunctionDefinition,
  files: ReportFiles,
): Promise<void> {
  const former = files.before === undefined ? undefined : ((await readEvent(files.before)) as FullReport);
  if (files.junit !== undefined) await writeText(files.junit, junitXml(report));
  if (files.sarif !== undefined) await writeText(files.sarif, sarif(report, handlerFile(definition)));
  if (files.markdown !== undefined) await writeText(files.markdown, reportMarkdown(report, former));
}
