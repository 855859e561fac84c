import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Returns a text that changes when a file of a folder is added, removed or written: SAM builds into the same folder again.
 *
 * @returns nothing while the folder cannot be read
 */
export function codeVersion(folder: string): string | undefined {
  try {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return files
      .sort()
      .map((file) => {
        const { size, mtimeMs } = statSync(path.join(folder, file));
        return `${file} ${size} ${mtimeMs}`;
      })
      .join('\n');
  } catch {
    return undefined;
  }
}
