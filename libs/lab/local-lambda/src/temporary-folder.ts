import { createHash } from 'node:crypto';
import { mkdirSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { ownFolder } from './environment-folder.ts';
import { leaveNothingBehind } from './leave-nothing-behind.ts';

const made = new Set<string>();

/**
 * Makes a folder that is removed when this process ends.
 *
 * @param name the beginning of the folder's name
 * @param identity what its content depends on: the same folder is returned for it again
 * @param fill writes the content
 * @returns the folder, absolute
 */
export function temporaryFolder(name: string, identity: string, fill: (folder: string) => void): string {
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 16);
  const folder = path.join(ownFolder(), `${name.replaceAll(/[^\w-]/g, '')}-${hash}`);
  if (made.has(folder)) return folder;
  leaveNothingBehind(() => {
    rmSync(folder, { recursive: true, force: true });
    try {
      rmdirSync(ownFolder());
    } catch {
      // Something else is still in it.
    }
  });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  fill(folder);
  made.add(folder);
  return folder;
}
