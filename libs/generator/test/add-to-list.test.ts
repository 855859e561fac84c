import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { addToList } from '../src/add-to-list.ts';

const source = readFileSync(path.resolve(import.meta.dirname, '../../../infra/src/techniques.ts'), 'utf8');

it('a technique comes after the others, and only its name is added', () => {
  const added = addToList(source, 'child-processes');
  expect(added).toMatch(/'promises'.*, 'child-processes'\] as const;/);
  expect(added.replace(", 'child-processes'", '')).toBe(source);
});

it('a list over several lines is one too', () => {
  expect(addToList("export const techniques = [\n  'a',\n  'b',\n] as const;", 'c')).toBe(
    "export const techniques = [\n  'a',\n  'b', 'c',\n] as const;",
  );
});

it('what is in the list is not added again', () => {
  expect(() => addToList(source, 'promises')).toThrow('There is a technique promises already.');
});

it('a file without a list is told, not written to', () => {
  expect(() => addToList('', 'child-processes')).toThrow(
    'infra/src/techniques.ts has no `export const techniques',
  );
});
