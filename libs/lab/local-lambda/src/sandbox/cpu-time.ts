import { readFileSync } from 'node:fs';

/** Linux counts for user space in hundredths of a second, independent of the kernel's ticks. */
const msOfTick = 10;

/**
 * Returns the CPU time of a process, its threads and its children that it has waited for, in milliseconds.
 *
 * @returns nothing when the process has ended, and where there is no `/proc`
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function cpuTimeMs(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in brackets, can hold anything; utime, stime, cutime and cstime are the 14th field to the 17th.
    const ticks = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 15);
    return ticks.reduce((sum, count) => sum + Number(count), 0) * msOfTick;
  } catch {
    return undefined;
  }
}
