import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { Page, Section } from './pages.ts';

/** The address of the site, without a slash at its end. */
const address = (process.env.SITE_URL ?? '').replace(/\/$/, '');

/**
 * Returns a list of all pages for language models, as `llms.txt` has it: each with its first sentence.
 *
 * @param texts of the pages, as the repository has them
 * @see https://llmstxt.org
 */
export function llmsText(sections: readonly Section[], texts: ReadonlyMap<Page, string>): string {
  const [start] = sections.flatMap(({ pages }) => pages).filter(({ path: place }) => place === 'index');
  const lines = sections.flatMap(({ title, pages }) => [
    `## ${title}`,
    '',
    ...pages.map((page) => `- [${page.title}](${linkTo(page)}): ${firstSentence(texts.get(page))}`),
    '',
  ]);
  const summary = firstSentence(start && texts.get(start));
  return [
    '# Parallel Lambda',
    '',
    `> ${summary}`,
    '',
    ...lines,
    `- [API reference](${address}/api/)`,
    '',
  ].join('\n');
}

/**
 * Returns the instructions for coding agents: `skill.md`, with the code of the pages in place of `{{FILE LANGUAGE INDEX}}`.
 *
 * @throws {Error} if a page or a block of code is missing
 */
export async function skillText(texts: ReadonlyMap<Page, string>): Promise<string> {
  const template = await readFile(path.resolve(import.meta.dirname, '../skill.template'), 'utf8');
  const bySource = new Map([...texts].map(([page, text]) => [page.source, { page, text }]));
  const found = (source: string): { page: Page; text: string } => {
    const entry = bySource.get(source);
    if (!entry) throw new Error(`skill.template refers to ${source}, which is not a page`);
    return entry;
  };
  return template
    .replace(/\{\{code (\S+) (\w+) (\d+)\}\}/g, (_, source: string, language: string, index: string) => {
      const blocks = [...found(source).text.matchAll(new RegExp(`^\`\`\`${language}\n.*?^\`\`\`$`, 'gms'))];
      const [block] = blocks[Number(index)] ?? [];
      if (block === undefined) throw new Error(`${source} has no block ${index} of ${language}`);
      return block;
    })
    .replace(/\{\{link (\S+)\}\}/g, (_, source: string) => {
      const { page } = found(source);
      return `[${page.title}](${linkTo(page)})`;
    });
}

function linkTo({ path: place }: Page): string {
  return `${address}/${place === 'index' ? '' : place}`;
}

/** Returns the first sentence after the heading, without marks. */
function firstSentence(text = ''): string {
  const paragraph =
    text.split(/\n{2,}/).find((part) => part !== '' && !/^(#|```|!\[|\||<)/.test(part.trim())) ?? '';
  const plain = paragraph
    .replace(/\s+/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*/g, '');
  return /^.*?[.?](?= |$)/.exec(plain)?.[0] ?? plain;
}
