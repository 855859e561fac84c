import { catalogue } from './catalogue.ts';
import { findingsOf, type Finding, type FullReport } from './finding.ts';

/**
 * Returns a report as SARIF 2.1.0, which code scanning shows beside the code.
 *
 * @param file path of the handler's file, relative to the folder of the repository
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif(report: FullReport, file: string): string {
  const findings = findingsOf(report);
  const locations = [
    { physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: 1 } } },
  ];
  const results = findings.map(({ id, severity, title, seen, cost, fix }) => ({
    ruleId: id,
    level: severity,
    message: { text: `${title}. Seen: ${seen}. ${cost} ${fix}` },
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
    rules: rulesOf(report),
  };
  const run = { tool: { driver }, ...notes, results };
  const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}

/** Returns a rule per check, and one per kind of setting that was found, although several mappings may have it. */
function rulesOf({ mapping = [] }: FullReport): readonly object[] {
  const checks = Object.entries(catalogue).map(([id, { title, ...about }]) =>
    ruleOf({ id, title: `The function ${title}`, ...about }),
  );
  const settings = new Map(mapping.map((finding) => [finding.id, ruleOf(finding)]));
  return [...checks, ...settings.values()];
}

function ruleOf({
  id,
  title,
  cost,
  fix,
  severity,
}: Pick<Finding, 'id' | 'title' | 'cost' | 'fix' | 'severity'>): object {
  return {
    id,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: cost },
    help: { text: fix },
    defaultConfiguration: { level: severity },
  };
}
