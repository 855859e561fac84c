import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** A file or a symbolic link of a folder. */
export interface FolderEntry {
  /** Absolute. */
  readonly path: string;
  readonly isLink: boolean;
}

/**
 * Lists the files and symbolic links of a folder and those below it, in the order of their names. Links are not followed: those of
 * pnpm lead to the same folders again and again.
 */
export function entriesOf(folder: string): readonly FolderEntry[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry): readonly FolderEntry[] => {
      const own = path.join(folder, entry.name);
      return entry.isDirectory() ? entriesOf(own) : [{ path: own, isLink: entry.isSymbolicLink() }];
    });
}

/**
 * Returns a text that changes when a file of a folder is added, removed or written: SAM builds into the same folder again.
 *
 * @returns nothing while the folder cannot be read
 */
export function codeVersion(folder: string): string | undefined {
  try {
    return entriesOf(folder)
      .map((entry) => {
        const { size, mtimeMs } = lstatSync(entry.path);
        return `${path.relative(folder, entry.path)} ${size} ${mtimeMs}`;
      })
      .join('\n');
  } catch {
    return undefined;
  }
}
