/** Fills in the figures that pages take from the stored measurements: `npx nx draw docs`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { format, resolveConfig } from 'prettier';

import { figures, fillFigures, root } from './figures.ts';

for (const [page, parts] of Object.entries(figures)) {
  const file = path.join(root, page);
  const filled = fillFigures(readFileSync(file, 'utf8'), parts);
  writeFileSync(file, await format(filled, { ...(await resolveConfig(file)), parser: 'markdown' }));
}
