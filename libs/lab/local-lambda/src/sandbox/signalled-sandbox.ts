import { maxMemoryMb } from './max-memory.ts';
import { cpuTimeMs } from './cpu-time.ts';
import { descendants } from './descendants.ts';
import type { Sandbox } from './sandbox.ts';

/**
 * A sandbox out of nothing but signals, which any machine has: the process group of the first process, and on
 * Linux those of its descendants that have left the group. A process that has left both, as a daemon does,
 * escapes it.
 */
export class SignalledSandbox implements Sandbox {
  maxMemoryMb = 0;
  #pid: number | undefined;
  /** Those of the last freeze: a frozen process starts no other. */
  #descendants: readonly number[] = [];

  enter(pid: number): void {
    this.#pid = pid;
  }

  measure(): void {
    if (this.#pid === undefined) return;
    const processes = [this.#pid, ...descendants(this.#pid)];
    const held = processes.reduce((sum, pid) => sum + (maxMemoryMb(pid) ?? 0), 0);
    this.maxMemoryMb = Math.max(this.maxMemoryMb, held);
  }

  /** Without what processes computed that have ended and that nobody waited for. */
  cpuTimeMs(): number | undefined {
    if (this.#pid === undefined) return undefined;
    const own = cpuTimeMs(this.#pid);
    if (own === undefined) return undefined;
    return descendants(this.#pid).reduce((sum, pid) => sum + (cpuTimeMs(pid) ?? 0), own);
  }

  freeze(): void {
    if (this.#pid === undefined) return;
    signal(-this.#pid, 'SIGSTOP');
    this.#descendants = this.#others();
    for (const pid of this.#descendants) signal(pid, 'SIGSTOP');
  }

  thaw(): void {
    if (this.#pid === undefined) return;
    for (const pid of this.#descendants) signal(pid, 'SIGCONT');
    signal(-this.#pid, 'SIGCONT');
  }

  kill(): void {
    if (this.#pid === undefined) return;
    const others = this.#others();
    signal(-this.#pid, 'SIGKILL');
    for (const pid of others) signal(pid, 'SIGKILL');
  }

  remove(): void {
    this.#pid = undefined;
  }

  #others(): readonly number[] {
    return this.#pid === undefined ? [] : descendants(this.#pid);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // There is nobody left.
  }
}
