/** Checks that every link of the built site, `out/site`, leads to a page, a file or a heading that exists. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const site = path.resolve(import.meta.dirname, '../out/site');
const base = process.env.SITE_BASE ?? '/';

const pages = globSync('**/*.html', { cwd: site });
const anchors = new Map(pages.map((page) => [page, anchorsOf(page)]));
const broken = pages.flatMap((page) => linksOf(page).flatMap((link) => problemOf(page, link) ?? []));
for (const problem of broken) console.error(problem);
console.log(`${pages.length} pages, ${broken.length} broken links`);
if (broken.length > 0) process.exitCode = 1;

function anchorsOf(page: string): ReadonlySet<string> {
  const html = readFileSync(path.join(site, page), 'utf8');
  return new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => unescape(id)));
}

function linksOf(page: string): readonly string[] {
  const html = readFileSync(path.join(site, page), 'utf8');
  const links = [...html.matchAll(/\s(?:href|src)="([^"]+)"/g)].map(([, link = '']) => unescape(link));
  return [...new Set(links)].filter((link) => !/^(https?:|mailto:|data:)/.test(link));
}

function problemOf(page: string, link: string): string | undefined {
  const [target = '', hash = ''] = link.split('#');
  const place = target.startsWith('/')
    ? target.slice(base.length)
    : path.posix.join(path.posix.dirname(page), target);
  const file = target === '' ? page : fileOf(decodeURI(place));
  if (file === undefined) return `${page}: ${link} does not exist`;
  const ids = anchors.get(file);
  if (hash !== '' && ids && !ids.has(decodeURIComponent(hash))) return `${page}: ${link} has no such heading`;
  return undefined;
}

function fileOf(place: string): string | undefined {
  const candidates = [place, `${place}.html`, path.posix.join(place, 'index.html')];
  return candidates.find((candidate) => /\.\w+$/.test(candidate) && existsSync(path.join(site, candidate)));
}

function unescape(text: string): string {
  return text
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}
