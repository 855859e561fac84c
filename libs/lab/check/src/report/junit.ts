import { catalogue } from './catalogue.ts';
import { findingsOf, type FullReport } from './finding.ts';

/**
 * Returns a report as JUnit XML: a test case per check, failed for `no` and skipped for `unknown`.
 *
 * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function junitXml(report: FullReport): string {
  const { results, mapping = [] } = report;
  const suite = xml(report.function);
  const findings = new Map(findingsOf(report).map((finding) => [finding.id, finding]));
  const cases = results.map(({ id, result, seen }) => {
    const finding = findings.get(id);
    const text = finding ? `${finding.cost} ${finding.fix}` : '';
    const inner = {
      yes: '',
      no: `<failure message="${xml(seen)}" type="${finding?.severity ?? ''}">${xml(text)}</failure>`,
      unknown: `<skipped message="${xml(`unknown: ${seen}`)}"/>`,
    }[result];
    return `    <testcase classname="${suite}" name="${xml(catalogue[id].title)}">${inner}</testcase>`;
  });
  const settings = mapping.map(
    ({ title, seen, severity, cost, fix }) =>
      `    <testcase classname="${suite}" name="${xml(title)}"><failure message="${xml(seen)}" type="${severity}">${xml(`${cost} ${fix}`)}</failure></testcase>`,
  );
  const problem =
    report.problem === undefined
      ? []
      : [
          `    <testcase classname="${suite}" name="can be checked"><error message="${xml(report.problem)}"/></testcase>`,
        ];
  const all = [...problem, ...cases, ...settings];
  const failures = results.filter(({ result }) => result === 'no').length + mapping.length;
  const skipped = results.filter(({ result }) => result === 'unknown').length;
  const counts = `tests="${all.length}" failures="${failures}" errors="${problem.length}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="lab check ${suite}" ${counts} skipped="${skipped}">`,
    ...all,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function xml(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // XML has no way to write these.
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '')
  );
}
