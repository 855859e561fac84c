import type { Group } from './cgroup/group.ts';
import type { Sandbox } from './sandbox.ts';
import { SignalledSandbox } from './signalled-sandbox.ts';

/** The control groups of an environment: with version 2 one for all, with version 1 one for each purpose. */
export interface Groups {
  readonly all: readonly Group[];
  readonly freezer: Group | undefined;
  readonly memory: Group | undefined;
  /** Group that counts CPU time. */
  readonly usage: Group | undefined;
}

/** A sandbox out of control groups, which no process escapes; out of signals where one of them is missing. */
export class CgroupSandbox implements Sandbox {
  readonly #groups: Groups;
  readonly #signals: SignalledSandbox;
  #maxMemoryMb = 0;

  /** @param tmp the environment's `/tmp`, absolute */
  constructor(groups: Groups, tmp: string) {
    this.#groups = groups;
    this.#signals = new SignalledSandbox(tmp);
  }

  /**
   * The larger of the group's charge and the memory of its processes: the group is not charged for what another
   * one loaded before it, such as Node's own code, and the processes do not count what ended before it was looked at.
   */
  get maxMemoryMb(): number {
    return Math.max(this.#maxMemoryMb, this.#signals.maxMemoryMb);
  }

  enter(pid: number): void {
    this.#signals.enter(pid);
    for (const group of this.#groups.all) group.write('cgroup.procs', pid);
  }

  measure(): void {
    const { memory } = this.#groups;
    this.#signals.measure();
    if (!memory) return;
    // The last one for kernels before 5.19, which keep no peak.
    const bytes = ['memory.peak', 'memory.max_usage_in_bytes', 'memory.current']
      .map((file) => memory.read(file))
      .find((text) => text !== undefined);
    this.#maxMemoryMb = Math.max(this.#maxMemoryMb, Math.ceil(Number(bytes ?? 0) / 1024 ** 2));
  }

  cpuTimeMs(): number | undefined {
    const { usage } = this.#groups;
    const nanoseconds = usage?.read('cpuacct.usage');
    if (nanoseconds !== undefined) return Number(nanoseconds) / 1e6;
    const microseconds = /^usage_usec (\d+)$/m.exec(usage?.read('cpu.stat') ?? '')?.[1];
    return microseconds === undefined ? this.#signals.cpuTimeMs() : Number(microseconds) / 1000;
  }

  freeze(): void {
    (this.#groups.freezer ?? this.#signals).freeze();
  }

  thaw(): void {
    (this.#groups.freezer ?? this.#signals).thaw();
  }

  kill(): void {
    (this.#groups.freezer ?? this.#groups.all[0] ?? this.#signals).kill();
  }

  remove(): void {
    this.#signals.remove();
    for (const group of this.#groups.all) group.remove();
  }
}
