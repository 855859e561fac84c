import { catalogue } from './catalogue.ts';
import { findingsOf, type FullReport } from './finding.ts';

/**
 * Returns a report as SARIF 2.1.0, which code scanning shows beside the code.
 *
 * @param file path of the handler's file, relative to the folder of the repository
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif(report: FullReport, file: string): string {
  const findings = findingsOf(report);
  const rules = [
    ...Object.entries(catalogue).map(([id, { title, cost, mend, severity }]) => ({
      id,
      name: title,
      shortDescription: { text: `The function ${title}.` },
      fullDescription: { text: cost },
      help: { text: mend },
      defaultConfiguration: { level: severity },
    })),
    ...(report.mapping ?? []).map(({ id, title, cost, mend, severity }) => ({
      id,
      name: title,
      shortDescription: { text: `${title}.` },
      fullDescription: { text: cost },
      help: { text: mend },
      defaultConfiguration: { level: severity },
    })),
  ];
  const locations = [
    { physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: 1 } } },
  ];
  const results = findings.map(({ id, severity, title, seen, cost, mend }) => ({
    ruleId: id,
    level: severity,
    message: { text: `${title}. Seen: ${seen}. ${cost} ${mend}` },
    locations,
  }));
  const notes =
    report.problem === undefined
      ? {}
      : {
          invocations: [
            {
              executionSuccessful: false,
              toolExecutionNotifications: [{ level: 'error', message: { text: report.problem } }],
            },
          ],
        };
  const driver = {
    name: 'parallel-lambda',
    informationUri: 'https://www.npmjs.com/package/parallel-lambda',
    rules,
  };
  const run = { tool: { driver }, ...notes, results };
  const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}
