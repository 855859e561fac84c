import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { describeFunctions } from './describe-functions.ts';

const { bundleBytes } = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../bench/budget.json'), 'utf8'),
) as { readonly bundleBytes: Readonly<Record<string, Readonly<Record<string, number>>>> };

describeFunctions(({ name, codeFolder }) => {
  it('is no larger than its budget, which is what a cold start has to read', () => {
    const budget = Object.entries(bundleBytes[name] ?? {});
    expect(budget).not.toEqual([]);
    for (const [file, limit] of budget) {
      expect(statSync(path.join(codeFolder, file)).size, file).toBeLessThanOrEqual(limit);
    }
  });
});
