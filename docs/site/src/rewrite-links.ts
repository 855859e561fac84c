import path from 'node:path';

import { isInWorkspace, type Page } from './pages.ts';

/** The result of a rewritten page. */
export interface Rewritten {
  readonly text: string;
  /** Pictures that the page shows, relative to the workspace. */
  readonly pictures: readonly string[];
}

/**
 * Rewrites the links of a page: to other pages of the site, to pictures beside it, and to all other files in the repository on
 * GitHub. Code is not changed.
 *
 * @param repository `owner/name` on GitHub; without it, a link to a file that is not a page becomes its text
 * @throws {Error} if a link leads to a file that does not exist
 */
export function rewriteLinks(
  text: string,
  page: Page,
  pages: ReadonlyMap<string, Page>,
  repository: string | undefined,
): Rewritten {
  const pictures: string[] = [];

  function rewrite(whole: string, mark: string, label: string, target: string): string {
    if (/^(https?:|mailto:|#)/.test(target)) return whole;
    const [file = '', hash] = target.split('#');
    const found = path.posix
      .normalize(path.posix.join(path.posix.dirname(page.source), file))
      .replace(/\/$/, '');
    const to = pages.get(found) ?? pages.get(`${found}/README.md`);
    if (to)
      return `${mark}[${label}](${relative(page.path, to.path)}${hash === undefined ? '' : `#${hash}`})`;
    if (!isInWorkspace(found)) throw new Error(`${page.source} links to ${target}, which does not exist`);
    if (/\.(svg|png)$/.test(found)) {
      pictures.push(found);
      return `${mark}[${label}](${relative(page.path, found)})`;
    }
    return repository === undefined
      ? label
      : `[${label}](https://github.com/${repository}/blob/main/${found})`;
  }

  const parts = text.split(/(^```.*?^```$)/ms);
  const rewritten = parts.map((part) =>
    part.startsWith('```') ? part : part.replace(/(!?)\[((?:[^\]]|\n)*?)\]\(([^)\s]+)\)/g, rewrite),
  );
  return { text: rewritten.join(''), pictures };
}

function relative(from: string, to: string): string {
  const link = path.posix.relative(path.posix.dirname(from), to);
  return link.startsWith('.') ? link : `./${link}`;
}
