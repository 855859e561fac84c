import { cpuTimeMs } from './cpu-time.ts';
import { childActivity, environmentProcesses } from './environment-processes.ts';
import { maxMemoryMb } from './max-memory.ts';
import type { Sandbox } from './sandbox.ts';

/**
 * A sandbox of signals, which any machine has: to the process group of the first process and, on Linux, to all other
 * processes of the environment.
 */
export class SignalledSandbox implements Sandbox {
  maxMemoryMb = 0;
  readonly #tmp: string;
  #pid: number | undefined;
  #activityAtStart: string | undefined;
  /** Those of the last freeze: a frozen process starts no other. */
  #frozen: readonly number[] = [];

  /** @param tmp the environment's `/tmp`, absolute */
  constructor(tmp: string) {
    this.#tmp = tmp;
  }

  enter(pid: number): void {
    this.#pid = pid;
    this.#activityAtStart = childActivity(pid);
  }

  measure(): void {
    if (this.#pid === undefined) return;
    const processes = [this.#pid, ...this.#others()];
    const held = processes.reduce((sum, pid) => sum + (maxMemoryMb(pid) ?? 0), 0);
    this.maxMemoryMb = Math.max(this.maxMemoryMb, held);
  }

  /** CPU time without that of ended processes that no parent waited for. */
  cpuTimeMs(): number | undefined {
    if (this.#pid === undefined) return undefined;
    const own = cpuTimeMs(this.#pid);
    if (own === undefined) return undefined;
    return this.#others().reduce((sum, pid) => sum + (cpuTimeMs(pid) ?? 0), own);
  }

  freeze(): void {
    this.#frozen = this.#signalAll('SIGSTOP');
  }

  thaw(): void {
    if (this.#pid === undefined) return;
    for (const pid of this.#frozen) signal(pid, 'SIGCONT');
    signal(-this.#pid, 'SIGCONT');
  }

  kill(): void {
    this.#signalAll('SIGKILL');
  }

  remove(): void {
    this.#pid = undefined;
  }

  /** Signals all processes, also those that are started at the same time, and returns those beside the first one. */
  #signalAll(name: NodeJS.Signals): readonly number[] {
    if (this.#pid === undefined) return [];
    signal(-this.#pid, name);
    const signalled = new Set<number>();
    for (;;) {
      const others = this.#others().filter((pid) => !signalled.has(pid));
      if (others.length === 0) return [...signalled];
      for (const pid of others) {
        signal(pid, name);
        signalled.add(pid);
      }
    }
  }

  /** Looks through the processes of the machine only if the first one has had a child or has ended. */
  #others(): readonly number[] {
    const pid = this.#pid;
    if (pid === undefined) return [];
    const activity = childActivity(pid);
    if (activity !== undefined && activity === this.#activityAtStart) return [];
    return environmentProcesses(this.#tmp).filter((other) => other !== pid);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // No process is left.
  }
}
