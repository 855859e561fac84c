import { readdirSync, readFileSync, statSync } from 'node:fs';

/**
 * Finds the processes of an environment, also those that have left its process group and lost their parent: an isolated
 * process has the environment's folder as its `/tmp`, any other one has it in its variable `TMPDIR`.
 *
 * @param tmp the environment's `/tmp`, absolute
 * @returns their pids; none where there is no `/proc`, as on macOS
 */
export function environmentProcesses(tmp: string): number[] {
  const folder = statSync(tmp, { throwIfNoEntry: false });
  if (!folder) return [];
  return pids().filter((pid) => {
    const seen = ifReadable(() => statSync(`/proc/${pid}/root/tmp`));
    if (seen?.ino === folder.ino && seen.dev === folder.dev) return true;
    const variables = ifReadable(() => readFileSync(`/proc/${pid}/environ`, 'latin1'));
    return variables?.split('\0').includes(`TMPDIR=${tmp}`) ?? false;
  });
}

/**
 * Returns a number that changes when a process has got or lost a child, also one that lived shortly.
 *
 * @returns nothing when the process has ended, and where there is no `/proc`
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function childActivity(pid: number): string | undefined {
  return ifReadable(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The command's name, in brackets, can hold anything. The page faults of children that have ended are the 11th field.
    const [minorFaults] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(8);
    const children = readdirSync(`/proc/${pid}/task`).map(
      (thread) => ifReadable(() => readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1')) ?? '',
    );
    return `${minorFaults ?? ''} ${children.join('')}`;
  });
}

function pids(): number[] {
  const entries = ifReadable(() => readdirSync('/proc')) ?? [];
  return entries.map(Number).filter((pid) => pid > 0 && pid !== process.pid);
}

/** A process may have ended, or belong to another user. */
function ifReadable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
