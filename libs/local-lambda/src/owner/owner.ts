import { startTime } from './start-time.ts';

const prefix = 'parallel-lambda';

/** The name of everything that this process leaves on the machine while it runs: folders and control groups. */
export const ownName = `${prefix}-${process.pid}-${startTime(process.pid) ?? 0}`;

/**
 * Whether something bears the name of a process that has ended: it was killed before it could clean up.
 *
 * @param name of a folder or a control group
 */
export function isAbandoned(name: string): boolean {
  const [, pid, started] = /^parallel-lambda-(\d+)-(\d+)$/.exec(name) ?? [];
  return pid !== undefined && startTime(Number(pid)) !== Number(started);
}
