import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/**
 * What Nx was called with, which it tells nobody whom it starts.
 *
 * @param pid of Nx, from `NX_INVOCATION_ROOT_PID`
 * @returns the words of its command line; none without Nx
 */
export function nxCommandLine(pid: string | undefined): readonly string[] {
  if (pid === undefined || !/^\d+$/.test(pid)) return [];
  const exact = `/proc/${pid}/cmdline`;
  if (existsSync(exact)) return readFileSync(exact, 'utf8').split('\0');
  // macOS has no /proc, and its ps no exact words: a setting with a blank in it comes in two.
  return execFileSync('ps', ['-o', 'args=', '-p', pid], { encoding: 'utf8' }).trim().split(' ');
}
