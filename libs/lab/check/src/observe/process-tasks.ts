import { readdirSync, readFileSync } from 'node:fs';

/** State of the threads of a process, according to the kernel. */
export interface Tasks {
  /** True if all threads sleep. */
  readonly asleep: boolean;
  /** Changes with every bit of CPU time that a thread uses. */
  readonly fingerprint: string;
}

/** Reads what all threads of a process do. Returns `undefined` where the system does not say, as on macOS. */
export function readTasks(pid: number): Tasks | undefined {
  const folder = `/proc/${pid}/task`;
  try {
    const threads = readdirSync(folder).map((id) => {
      const status = readFileSync(`${folder}/${id}/stat`, 'latin1');
      // The name of the program may contain spaces.
      const state = status[status.lastIndexOf(')') + 2];
      // The first figure is the time on a CPU, in nanoseconds.
      const [used = ''] = readFileSync(`${folder}/${id}/schedstat`, 'latin1').split(' ');
      return { state, used: `${id}:${used}` };
    });
    return {
      asleep: threads.every(({ state }) => state === 'S'),
      fingerprint: threads.map(({ used }) => used).join(),
    };
  } catch {
    // It has ended, or there is no such file.
    return undefined;
  }
}
