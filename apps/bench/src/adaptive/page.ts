import { services } from '@parallel-lambda/downstream';
import { dotPlot, linePlot, variantStyle } from '@parallel-lambda/report';

import type { PagePicture } from '../growth/growth-picture.ts';
import { fillSections } from '../page/fill-sections.ts';
import { compareSettings, type ServiceResult, type SettingResult } from './compare-settings.ts';
import { summarizeCost } from './cost.ts';
import { adaptiveSetting, peerSettings } from './settings.ts';
import type { StoredRuns } from './stored-runs.ts';

const COMPARED = [adaptiveSetting, ...peerSettings].map(({ name }) => name);
const TARGET = 0.95;

/** Fills in the page on adaptive workers. */
export function fillAdaptivePage(page: string, stored: StoredRuns): string {
  const results = compareSettings(stored);
  const curves = curvesPicture(stored);
  return fillSections(
    page,
    (name) =>
      ({
        results: resultsTable(results),
        picture: pictureText(adaptivePicture(stored)),
        curves: curves ? pictureText(curves) : '',
        cost: costTable(stored),
        conditions: conditions(stored),
      })[name],
  );
}

/** Draws the throughput of adaptive workers and of the peers, for each service. */
export function adaptivePicture(stored: StoredRuns): PagePicture {
  const results = compareSettings(stored);
  const series = COMPARED.map((name) => ({
    name,
    style: variantStyle(name, COMPARED),
    dots: results.flatMap(({ service, settings }) => {
      const own = settings.find(({ setting }) => setting === name);
      return own ? [{ category: `(${service})`, value: own.share, low: own.low, high: own.high }] : [];
    }),
  }));
  const shares = results.map(({ settings }) => adaptiveOf(settings)?.share ?? 0);
  const reached = shares.filter((share) => share >= TARGET).length;
  return {
    id: 'adaptive-workers',
    title: 'Throughput of adaptive workers',
    howToRead:
      'Multiples of the throughput of the best fixed number. A bar reaches from the slowest to the fastest run.',
    findings: [
      `Adaptive workers reach at least ${percent(TARGET)} of the best fixed number with ${reached} of ${shares.length} services, ` +
        `and ${percent(Math.floor(100 * Math.min(...shares)) / 100)} with the worst.`,
    ],
    chart: (width) =>
      dotPlot(
        results.map(({ service }) => `(${service})`),
        series,
        'times the best fixed number',
        width,
      ),
  };
}

/** Draws the throughput over time, relative to the best fixed number; `undefined` if the runs have no common second. */
export function curvesPicture(stored: StoredRuns): PagePicture | undefined {
  const results = compareSettings(stored);
  const names = results.map(({ service }) => `(${service})`);
  const lines = results.flatMap(({ service, best, settings }) => {
    const bySecond = adaptiveOf(settings)?.bySecond ?? [];
    const points = bySecond.flatMap((count, second) => {
      const value = count / (best.bySecond[second] ?? NaN);
      return Number.isFinite(value) ? [{ x: second + 1, value, low: value, high: value }] : [];
    });
    const name = `(${service})`;
    return points.length > 0 ? [{ name, style: variantStyle(name, names), points }] : [];
  });
  if (lines.length === 0) return undefined;
  return {
    id: 'adaptive-workers-over-time',
    title: 'Throughput of adaptive workers over time',
    howToRead: 'The same, in each second.',
    findings: [],
    chart: (width) =>
      linePlot(lines, { x: { name: 'second' }, y: { name: 'times the best fixed number' } }, width),
  };
}

function pictureText({ id, title, findings, howToRead }: PagePicture): string {
  const text = [...findings, `_How to read it:_ ${howToRead}`].join('\n\n');
  return `![${title}](pictures/${id}.svg)\n\n${text}`;
}

function resultsTable(results: readonly ServiceResult[]): string {
  const rows = results.map(({ service, best, settings }) => {
    const own = adaptiveOf(settings);
    return [
      `(${service}) ${services.find(({ name }) => name === service)?.text ?? ''}`,
      `${best.setting}: ${Math.round(best.perSecond)}`,
      ratio(own?.share),
      ratio(own?.earlyShare),
      own ? percent(own.rejected, 1) : '–',
      own ? `${Math.round(own.p99Ms)} (${Math.round(best.p99Ms)})` : '–',
      ...peerSettings.map(({ name }) => peerText(settings.find(({ setting }) => setting === name))),
    ];
  });
  return markdownTable(
    [
      'service',
      'best fixed, per second',
      'adaptive, 10 s',
      'first 3 s',
      'rejected',
      'p99 in ms (best fixed)',
      ...peerSettings.map(({ name }) => name),
    ],
    rows,
  );
}

function peerText(result: SettingResult | undefined): string {
  if (!result) return '–';
  return result.rejected > 0.005
    ? `${ratio(result.share)}, ${percent(result.rejected)} rejected`
    : ratio(result.share);
}

function costTable({ cost }: StoredRuns): string {
  const rows = summarizeCost(cost).map(({ setting, durationMs, cpuMs, inFlight, ratio: multiple }) => [
    setting,
    durationMs.toFixed(1),
    multiple.toFixed(3),
    cpuMs.toFixed(1),
    String(Math.round(inFlight)),
  ]);
  return markdownTable(
    ['`workers`', 'ms', 'times the fixed number', 'CPU in ms', 'messages in flight'],
    rows,
  );
}

function conditions({ node, machine, takenAt, commit }: StoredRuns): string {
  return (
    'Runs of ten seconds; shorter for other numbers and libraries. ' +
    `${machine}, Node.js ${node.slice(1)}, ${takenAt.slice(0, 10)}${commit === undefined ? '' : `, commit \`${commit}\``}.`
  );
}

function adaptiveOf(settings: readonly SettingResult[]): SettingResult | undefined {
  return settings.find(({ setting }) => setting === adaptiveSetting.name);
}

function ratio(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(2);
}

function percent(share: number, decimals = 0): string {
  return `${(100 * share).toFixed(decimals)} %`;
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, place) => (place === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
