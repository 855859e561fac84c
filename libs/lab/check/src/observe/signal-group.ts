/**
 * Signals a process and its children.
 *
 * @param pid of the first process of the group
 * @returns false if there was none to signal
 */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    // It has already ended.
    return false;
  }
}
