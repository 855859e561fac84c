import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

const project = path.resolve(import.meta.dirname, '..');
const { bytesPerMessage } = JSON.parse(readFileSync(path.join(project, 'budget.json'), 'utf8')) as {
  readonly bytesPerMessage: Readonly<Record<string, number>>;
};

it('allocates no more for a message than the budget says', () => {
  const garbage = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'];
  const compiler = ['--no-maglev', '--no-concurrent-recompilation'];
  const output = execFileSync(process.execPath, [...garbage, ...compiler, 'src/allocations.ts'], {
    cwd: project,
    encoding: 'utf8',
  });
  const counted = JSON.parse(output) as Record<string, number>;
  expect(Object.keys(counted)).toEqual(Object.keys(bytesPerMessage));
  for (const [part, most] of Object.entries(bytesPerMessage)) {
    expect(counted[part], part).toBeGreaterThanOrEqual(0);
    expect(counted[part], part).toBeLessThanOrEqual(most);
  }
});
