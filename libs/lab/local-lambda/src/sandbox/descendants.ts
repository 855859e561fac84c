import { readdirSync, readFileSync } from 'node:fs';

/**
 * The processes that a process has started, and those that they have, by the kernel's own list.
 *
 * @returns none where there is no such list, as on macOS
 * @see https://man7.org/linux/man-pages/man5/proc_tid_children.5.html
 */
export function descendants(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendants(child)]);
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    // It has ended meanwhile.
    return [];
  }
}
