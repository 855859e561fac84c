import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const folders = ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin', '/run/current-system/sw/bin'];

/** Returns the absolute path of a system program, or its name where it is in none of the usual folders. */
export function findProgram(name: string): string {
  return folders.map((folder) => path.join(folder, name)).find(isExecutable) ?? name;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
