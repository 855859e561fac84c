import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

import { startTime } from './start-time.ts';

const prefix = `parallel-lambda-${kernel()}`;

/** The name of everything that this process leaves on the machine while it runs: folders and control groups. */
export const ownName = `${prefix}-${process.pid}-${startTime(process.pid) ?? 0}`;

/**
 * Returns whether a resource belongs to a process that was killed before it could clean up.
 *
 * @param name of a folder or a control group
 */
export function isAbandoned(name: string): boolean {
  if (!name.startsWith(`${prefix}-`)) return false;
  const [, pid, started] = /^-(\d+)-(\d+)$/.exec(name.slice(prefix.length)) ?? [];
  return pid !== undefined && startTime(Number(pid)) !== Number(started);
}

/** Namespace of the pids of this process: a container that shares a folder with this machine has another. */
function kernel(): string {
  const sources = [
    () => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1'),
    () => readlinkSync('/proc/self/ns/pid'),
  ];
  const hash = createHash('sha256');
  for (const source of sources) {
    try {
      hash.update(source());
    } catch {
      // Elsewhere than on Linux there are no containers that share folders.
    }
  }
  return hash.digest('hex').slice(0, 8);
}
