import { readFileSync } from 'node:fs';
import path from 'node:path';

import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';

import { figures, fillFigures, root } from '../src/figures.ts';

it.each(Object.entries(figures))(
  '%s has the figures of the stored measurements, or `npx nx draw docs` fills them in',
  async (page, parts) => {
    const file = path.join(root, page);
    const text = readFileSync(file, 'utf8');
    const style = await resolveConfig(file);
    expect(await format(fillFigures(text, parts), { ...style, parser: 'markdown' })).toBe(text);
  },
  // It runs the command line.
  60_000,
);

it('a page without the part is refused', () => {
  expect(() => fillFigures('text', { costs: () => '' })).toThrow(
    'The page has no part <!-- generated: costs -->',
  );
});
