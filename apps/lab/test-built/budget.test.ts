import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { describeFunctions } from './describe-functions.ts';

const { bundleBytes } = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../bench/budget.json'), 'utf8'),
) as { readonly bundleBytes: Readonly<Record<string, Readonly<Record<string, number>>>> };

/** Returns the bytes of a file and of the chunks that it imports, but not of those that are loaded when they are needed. */
function bytesToLoad(file: string, loaded = new Set<string>()): number {
  if (loaded.has(file)) return 0;
  loaded.add(file);
  const code = readFileSync(file);
  const imports = code.toString().matchAll(/(?:\bfrom|\bimport)\s*"(\.{1,2}\/[^"]+)"/g);
  return [...imports].reduce(
    (sum, [, chunk = '']) => sum + bytesToLoad(path.resolve(path.dirname(file), chunk), loaded),
    code.length,
  );
}

describeFunctions(({ name, codeFolder }) => {
  it('is within its size budget, because a cold start reads all of it', () => {
    const budget = Object.entries(bundleBytes[name] ?? {});
    expect(budget).not.toEqual([]);
    for (const [file, limit] of budget) {
      expect(bytesToLoad(path.join(codeFolder, file)), file).toBeLessThanOrEqual(limit);
    }
  });
});
