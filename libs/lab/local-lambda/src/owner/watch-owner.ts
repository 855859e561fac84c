import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { ownFolder } from '../environment-folder.ts';
import { ownName } from './owner.ts';

/** Beside this module, in the workspace and in a bundle. */
const program = fileURLToPath(new URL(`./end-owned${path.extname(import.meta.url)}`, import.meta.url));

/** Waits for the end of its input, which its owner never writes to, and then ends the processes that the owner has left. */
const script = 'read -r line; test -e "$1" && exec "$2" "$3" "$4"';

/**
 * Has a shell watch this process. When this process is killed, which it cannot notice itself, its environments end, and their
 * folders and control groups are removed.
 */
export function watchOwner(): void {
  const { TMPDIR } = process.env;
  const shell = spawn('/bin/sh', ['-c', script, 'sh', ownFolder(), process.execPath, program, ownName], {
    cwd: '/',
    env: TMPDIR === undefined ? {} : { TMPDIR },
    stdio: ['pipe', 'ignore', 'ignore'],
    // Not ended by Ctrl-C, or with the process group of this process.
    detached: true,
  });
  // Without a shell, the next process that runs functions removes the remaining folders.
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  if (shell.stdin instanceof Socket) shell.stdin.unref();
}
