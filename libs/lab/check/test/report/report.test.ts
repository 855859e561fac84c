import { stripVTControlCharacters } from 'node:util';

import { describe, expect, it } from 'vitest';

import { failsAt } from '../../src/report/finding.ts';
import { junitXml } from '../../src/report/junit.ts';
import { reportMarkdown } from '../../src/report/report-markdown.ts';
import { reportText } from '../../src/report/report-text.ts';
import { sarif } from '../../src/report/sarif.ts';
import { aReport } from './a-report.ts';
import { junitErrors } from './junit-schema.ts';
import { sarifErrors } from './sarif-schema.ts';

const passing = {
  ...aReport,
  mapping: [],
  results: aReport.results.filter(({ result }) => result === 'yes'),
};
const unchecked = {
  ...aReport,
  mapping: [],
  results: [],
  problem: 'The function cannot be started: Error: no.',
};

it('starts with the result, and explains what to fix, within 80 columns', () => {
  // Colours take no columns.
  const text = stripVTControlCharacters(reportText(aReport, 80));
  const summary = 'orders: 13 of 15 checks passed, 1 failed, 1 unknown, 1 setting of the mapping to change.';
  expect(text.replaceAll(/\s+/g, ' ').startsWith(summary)).toBe(true);
  expect(text).toContain('error: Failed messages are not reported');
  expect(text).toContain('Fix:     Add a RedrivePolicy.');
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
});

it('states in a sentence why nothing was checked', () => {
  expect(reportText(unchecked, 80)).toBe(unchecked.problem);
});

it.each([
  ['error', aReport, true],
  ['error', { ...aReport, results: passing.results }, false],
  ['warning', { ...aReport, results: passing.results }, true],
  ['warning', passing, false],
  ['unknown', { ...aReport, mapping: [], results: aReport.results.slice(1) }, true],
  ['unknown', passing, false],
  ['error', unchecked, true],
  ['never', unchecked, false],
] as const)('fails at %s', (level, report, fails) => {
  expect(failsAt(report, level)).toBe(fails);
});

it('writes JUnit XML with a case per check and setting', () => {
  const xml = junitXml(aReport);
  expect(xml).toContain('tests="16" failures="2" errors="0" skipped="1"');
  expect(xml).toContain('message="no message was reported &lt;&amp;&quot;|" type="error"');
  expect(xml.match(/<testcase /g)).toHaveLength(16);
  expect(xml).not.toContain('\u0007');
});

it.each([aReport, passing, unchecked])('writes JUnit XML as Jenkins reads it', (report) => {
  expect(junitErrors(junitXml(report))).toEqual([]);
});

describe('SARIF', () => {
  it.each([
    ['with findings', aReport],
    ['without findings', passing],
    ['of a function that cannot be checked', unchecked],
    [
      'with several settings of the same kind',
      { ...aReport, mapping: [...aReport.mapping, ...aReport.mapping] },
    ],
  ])('is valid %s', (_, report) => {
    expect(sarifErrors(sarif(report, 'my dist/index.mjs'))).toEqual([]);
  });

  it('has results with rules, levels and a place', () => {
    const { runs } = JSON.parse(sarif(aReport, 'my dist/index.mjs')) as Sarif;
    const [run] = runs;
    const rules = run?.tool.driver.rules.map(({ id }) => id) ?? [];
    expect(run?.results.map(({ ruleId, level }) => `${ruleId} ${level}`)).toEqual([
      'lost error',
      'mapping-dead-letters warning',
    ]);
    for (const { ruleId, locations } of run?.results ?? []) {
      expect(rules).toContain(ruleId);
      expect(JSON.stringify(locations)).toContain('"uri":"my%20dist/index.mjs"');
    }
  });

  it('is not valid with a level that SARIF does not have', () => {
    const text = sarif(aReport, 'index.mjs').replace('"level": "error"', '"level": "fatal"');
    expect(sarifErrors(text)).toContain(
      '.runs[0].tool.driver.rules[0].defaultConfiguration.level should be equal to one of the allowed values',
    );
  });
});

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly locations: readonly unknown[];
    }[];
  }[];
}

it('writes Markdown with the difference to the main branch', () => {
  const before = {
    ...aReport,
    results: aReport.results.map((result) => ({ ...result, result: 'yes' as const })),
  };
  const markdown = reportMarkdown(aReport, before);
  expect(markdown).toContain(
    String.raw`| ✗ | reports failed messages | no message was reported <&"` +
      '\u0007' +
      String.raw`\| | was ✓ |`,
  );
  expect(markdown).toContain('| ✓ | limits the messages in flight | as expected | the same |');
  expect(reportMarkdown(unchecked)).toContain('The function cannot be started');
});
