import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { codeBlocks, root } from './documents.ts';

it('the technique on the page is the one that passes the conformance tests', () => {
  const tested = readFileSync(path.join(root, 'libs/testing/conformance/test/loop-workers.ts'), 'utf8');
  const blocks = codeBlocks('docs/write-a-technique.md', 'ts').map(({ code }) => code);
  expect(blocks).toContain(tested);
});
