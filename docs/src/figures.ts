import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { analyseWorkloads, dollars, pricesOf, readMeasurements } from '@parallel-lambda/report';

export const root = path.resolve(import.meta.dirname, '../..');
const stored = 'docs/measurements/compare.json';

/** The parts of pages that are computed from stored measurements and prices, by page and by the name of the part. */
export const figures: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  'docs/deploying.md': { costs },
  'docs/planning.md': { plan },
};

/**
 * Fills in the generated parts of a page, and leaves its other text.
 *
 * @throws {Error} if a part is missing
 */
export function fillFigures(text: string, parts: Readonly<Record<string, () => string>>): string {
  return Object.entries(parts).reduce((filled, [name, figuresOf]) => {
    const part = new RegExp(`(<!-- generated: ${name} -->\n)[^]*?(<!-- end -->)`);
    if (!part.test(filled)) throw new Error(`The page has no part <!-- generated: ${name} -->`);
    return filled.replace(part, (_, begin: string, end: string) => `${begin}\n${figuresOf()}\n\n${end}`);
  }, text);
}

/** Returns the cost of a million messages by workload and variant, as a Markdown table. */
function costs(): string {
  const measurements = readMeasurements(readFileSync(path.join(root, stored), 'utf8'), stored);
  const groups = analyseWorkloads(measurements, pricesOf('us-east-1')).filter(
    ({ workload, rows }) => workload.sequentialMs === undefined && rows.length > 1,
  );
  const variants = groups[0]?.rows.map(({ variant }) => variant) ?? [];
  const lines = groups.map(({ workload, rows }) => [
    `${rows[0]?.series.messages} × \`${JSON.stringify(workload.body)}\``,
    ...variants.map((name) => {
      const cost = rows.find(({ variant }) => variant === name)?.cost;
      return cost ? dollars(cost) : '–';
    }),
  ]);
  const memoryMb = groups[0]?.rows[0]?.series.setting.memoryMb.toLocaleString('en');
  const head = ['batch', ...variants];
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  const table = [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const { architecture, takenAt, commit } = measurements;
  const version = commit === undefined ? '' : `, commit \`${commit}\``;
  const conditions = `Functions of ${memoryMb} MB on ${architecture}, measured on ${takenAt.slice(0, 10)}${version}.`;
  return `${table}\n\n${conditions}`;
}

/** Returns the output of the second command on the page. */
function plan(): string {
  const page = readFileSync(path.join(root, 'docs/planning.md'), 'utf8');
  const [, command = ''] = /^npx lab (plan .*--account-concurrency.*)$/m.exec(page) ?? [];
  const folder = mkdtempSync(path.join(tmpdir(), 'plan-'));
  try {
    const html = ['--html', path.join(folder, 'plan.html'), '--no-open'];
    const printed = execFileSync(
      process.execPath,
      [path.join(root, 'apps/lab/src/main.ts'), ...command.split(' '), ...html],
      {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, COLUMNS: '80', NO_COLOR: '1', FORCE_COLOR: undefined },
      },
    );
    // The rest describes the model, as the page does.
    const [result = ''] = printed.split('\nThe plan is ');
    return `\`\`\`text\n${result}\n\`\`\``;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
