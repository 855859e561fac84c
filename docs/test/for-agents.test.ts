import { expect, it } from 'vitest';

import { llmsText, skillText } from '../site/src/for-agents.ts';
import { siteSections } from '../site/src/pages.ts';
import { codeBlocks, documents, textOf } from './documents.ts';

const sections = siteSections();
const pages = sections.flatMap((section) => section.pages);
const texts = new Map(pages.map((page) => [page, textOf(page.source)]));

it('every document is a page of the site', () => {
  const left = ['AGENTS.md', 'CHANGELOG.md', '.github/pull_request_template.md'];
  const sources = pages.map(({ source }) => source);
  expect(documents.filter((document) => !left.includes(document)).sort()).toEqual(sources.sort());
});

it('llms.txt has every page once, with a sentence', () => {
  const lines = llmsText(sections, texts).split('\n');
  const listed = lines.filter((line) => /^- \[.+\]\(.+\): .+[.?]$/.test(line));
  expect(listed).toHaveLength(pages.length);
});

it('the skill has the code and the titles of the pages', async () => {
  const skill = await skillText(texts);
  expect(skill).not.toContain('{{');
  expect(skill).toContain(codeBlocks('README.md', 'ts')[0]?.code);
  expect(skill).toContain('[Check your function](/guide/checking)');
  for (const command of ['check ./dist', 'tune --function ./dist']) {
    expect(skill).toContain(`npx parallel-lambda ${command}`);
  }
});
