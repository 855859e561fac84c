import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

const project = path.resolve(import.meta.dirname, '..');
type Bytes = Readonly<Record<string, number>>;

interface Allocations {
  readonly bytesPerMessage: Bytes;
  readonly bytesKeptPerBatch: Bytes;
}

const budget = JSON.parse(readFileSync(path.join(project, 'budget.json'), 'utf8')) as Allocations;
const garbage = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'];
const compiler = ['--no-maglev', '--no-concurrent-recompilation'];
const counted = JSON.parse(
  execFileSync(process.execPath, [...garbage, ...compiler, 'src/allocations.ts'], {
    cwd: project,
    encoding: 'utf8',
  }),
) as Allocations;

it.each([
  ['allocates no more per message', 'bytesPerMessage'],
  ['keeps no more per batch after a minor garbage collection', 'bytesKeptPerBatch'],
] as const)('%s than the budget', (_, what) => {
  expect(Object.keys(counted[what])).toEqual(Object.keys(budget[what]));
  for (const [part, max] of Object.entries(budget[what])) {
    expect(counted[what][part], part).toBeGreaterThanOrEqual(0);
    expect(counted[what][part], part).toBeLessThanOrEqual(max);
  }
});
