import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Returns the start time of a process, as a number of this machine: with its pid it distinguishes one
 * process from a later one of the same pid.
 *
 * @returns nothing when there is no such process
 */
export function startTime(pid: number): number | undefined {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      // The second field is the command's name, in brackets, with any characters.
      const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // An ended process stays in the table until its parent asks for its status.
      return 'ZX'.includes(state) ? undefined : Number(fields[18]);
    }
    const began = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return Date.parse(began) / 1000;
  } catch {
    return undefined;
  }
}
