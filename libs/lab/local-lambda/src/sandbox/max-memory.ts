import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * The most memory that a process has held, in MB: its maximum on Linux, its present use elsewhere.
 *
 * @returns nothing when the process has ended
 */
export function maxMemoryMb(pid: number): number | undefined {
  try {
    const kilobytes =
      process.platform === 'linux'
        ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
        : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
    return kilobytes === undefined ? undefined : Math.ceil(Number(kilobytes) / 1024);
  } catch {
    return undefined;
  }
}
