import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { parseSteps } from '../src/index.ts';
import { stepKinds } from '../src/steps/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const rows = readme.split('\n').flatMap((line) => {
  const [, step, takes] = /^\| `(\{"\w+": .+?\})`\s*\| (.+?)\s*\|/.exec(line) ?? [];
  return step?.startsWith('{"simulate"') === false ? [{ step, takes }] : [];
});

test('its table has every step with its arguments', () => {
  const listed = rows.map(({ step, takes }) => [/\w+/.exec(step)?.[0], takes]);
  expect(listed).toEqual(stepKinds.map(({ name, takes }) => [name, takes]));
});

test.each(rows.filter(({ step }) => !step.includes('…')))('its example $step is a step', ({ step }) => {
  expect(parseSteps(step)).toHaveLength(1);
});

test('its list of steps is one', () => {
  const [, list] = /```json\n(.+)\n```/.exec(readme) ?? [];
  expect(parseSteps(String(list))).toHaveLength(2);
});
