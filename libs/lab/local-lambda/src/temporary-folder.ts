import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { ownFolder } from './environment-folder.ts';
import { leaveNothingBehind } from './leave-nothing-behind.ts';

const made = new Set<string>();

/**
 * Makes a folder that is removed when this process ends. The same files are in the same folder.
 *
 * @param name the beginning of the folder's name
 * @param files their contents, by name
 * @returns the folder, absolute
 */
export function temporaryFolder(name: string, files: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  const folder = path.join(ownFolder(), `${name.replaceAll(/[^\w-]/g, '')}-${hash}`);
  if (made.has(folder)) return folder;
  made.add(folder);
  leaveNothingBehind(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const [file, content] of Object.entries(files)) writeFileSync(path.join(folder, file), content);
  return folder;
}
