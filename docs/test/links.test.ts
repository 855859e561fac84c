import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { documents, root } from './documents.ts';

const links = documents.flatMap((document) =>
  [...readFileSync(path.join(root, document), 'utf8').matchAll(/\]\(([^)]+)\)/g)]
    .map(([, target = '']) => target.replace(/#.*/, ''))
    .filter((target) => target !== '' && !/^https?:/.test(target))
    .map((target) => [document, target] as const),
);

it.each(links)('%s links to %s, which is there', (document, target) => {
  expect(existsSync(path.join(root, path.dirname(document), target))).toBe(true);
});

const installing = documents
  .map((document) => [document, readFileSync(path.join(root, document), 'utf8')] as const)
  .filter(([, text]) => text.includes('npm install @parallel-lambda/'));

it.each(installing)(
  '%s, which installs packages by name, says how before the first release',
  (document, text) => {
    expect(document === 'docs/installing.md' || /\]\(\S*installing\.md\)/.test(text)).toBe(true);
  },
);
