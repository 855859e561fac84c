/** Writes the pages of the documentation site, `out/pages`, from the Markdown files and docstrings of the repository. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { writeApiReference } from './api-reference.ts';
import { llmsText, skillText } from './for-agents.ts';
import { siteSections, workspace, type Page, type Section } from './pages.ts';
import { rewriteLinks } from './rewrite-links.ts';

const output = path.resolve(import.meta.dirname, '../out');
const pagesFolder = path.join(output, 'pages');

await rm(output, { recursive: true, force: true });
await mkdir(pagesFolder, { recursive: true });

const sections = siteSections();
const pages = sections.flatMap((section) => section.pages);
const bySource = new Map(pages.map((page) => [page.source, page]));
const texts = new Map<Page, string>();
for (const page of pages) texts.set(page, await writePage(page));
await writeApiReference(path.join(pagesFolder, 'api'));
await writeFile(path.join(output, 'sidebar.json'), JSON.stringify(sections.map(sidebarOf), undefined, 2));
await mkdir(path.join(pagesFolder, 'public'), { recursive: true });
await writeFile(path.join(pagesFolder, 'public/llms.txt'), llmsText(sections, texts));
await writeFile(path.join(pagesFolder, 'public/skill.md'), await skillText(texts));

/** Writes a page and its pictures, and returns the text that the repository has. */
async function writePage(page: Page): Promise<string> {
  const text = await readFile(path.join(workspace, page.source), 'utf8');
  const rewritten = rewriteLinks(text, page, bySource, process.env.GITHUB_REPOSITORY);
  const file = path.join(pagesFolder, `${page.path}.md`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, rewritten.text);
  for (const picture of rewritten.pictures) {
    await cp(path.join(workspace, picture), path.join(pagesFolder, picture));
  }
  return text;
}

function sidebarOf({ title, pages: items }: Section): object {
  return {
    text: title,
    items: items.map((page) => ({ text: page.title, link: page.path === 'index' ? '/' : `/${page.path}` })),
  };
}
