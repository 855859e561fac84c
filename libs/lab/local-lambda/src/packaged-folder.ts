import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';

import { codeVersion, entriesOf } from './code-version.ts';
import { temporaryFolder } from './temporary-folder.ts';

/**
 * Returns the folder of a function as its deployment package has it. Tools that package a folder follow its symbolic links, so
 * links to folders outside, such as the packages of a workspace, become copies.
 *
 * @param folder absolute
 * @returns the folder itself if no link leaves it
 */
export function packagedFolder(folder: string): string {
  const root = realpathSync(folder);
  const outside = entriesOf(root)
    .filter(({ isLink, path: link }) => isLink && existsSync(link))
    .map((entry) => realpathSync(entry.path))
    .filter((target) => !isWithin(root, target));
  if (outside.length === 0) return folder;
  const versions = [root, ...outside].map((each) =>
    statSync(each).isDirectory() ? codeVersion(each) : each,
  );
  return temporaryFolder(path.basename(folder), [folder, ...versions].join('\n'), (copy) => {
    copyTree(root, copy, []);
  });
}

function isWithin(folder: string, target: string): boolean {
  return target === folder || target.startsWith(folder + path.sep);
}

/**
 * Copies a folder. A link within it stays a link, and the target of any other one is copied.
 *
 * @param above folders that are being copied: a link to one of them would have no end
 */
function copyTree(from: string, to: string, above: readonly string[], root = from): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) copyTree(source, target, above, root);
    else if (entry.isSymbolicLink()) copyLink(source, target, [...above, root]);
    else if (entry.isFile()) copyFileSync(source, target);
  }
}

function copyLink(source: string, target: string, roots: readonly string[]): void {
  const own = roots.at(-1) ?? '';
  if (!existsSync(source) || isWithin(own, realpathSync(source))) {
    symlinkSync(readlinkSync(source), target);
    return;
  }
  const real = realpathSync(source);
  if (roots.some((root) => isWithin(real, root))) return;
  if (statSync(real).isDirectory()) copyTree(real, target, roots);
  else copyFileSync(real, target);
}
