import { existsSync, globSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { root, textOf } from './documents.ts';

/** The folders in the first column of the table of folders. */
const named = [...textOf('docs/architecture.md').matchAll(/^\| (`[^|]+`) +\|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, folder = '']) => folder),
);

it('the table of folders names every project', () => {
  const projects = globSync('{apps,libs,libs/lab,libs/testing}/*/package.json', { cwd: root });
  const folders = projects.map((manifest) => path.dirname(manifest));
  expect(folders.filter((folder) => !named.includes(folder))).toEqual([]);
});

it('every folder of the table exists', () => {
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((folder) => !existsSync(path.join(root, folder)))).toEqual([]);
});

it('the page has at most 150 lines', () => {
  expect(textOf('docs/architecture.md').split('\n').length).toBeLessThanOrEqual(150);
});
