import { execFileSync } from 'node:child_process';

/**
 * Returns the commit of the sources in a folder, with `-dirty` if tracked files outside of its folder `docs` are changed.
 *
 * @returns `undefined` if the folder is in no Git repository, or Git is missing
 */
export function commitOf(folder: string): string | undefined {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const commit = git('rev-parse', '--short', 'HEAD');
    // Measurements are stored in docs.
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', '.', ':(exclude)docs') !== '';
    return `${commit}${changed ? '-dirty' : ''}`;
  } catch {
    return undefined;
  }
}
