import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { ownName } from '../../owner/owner.ts';

/** One control group: a folder whose files are its settings. */
export class Group {
  static #made = 0;
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Makes a group for an environment, in one of this process's own.
   *
   * @param controllers of version 2 that it is to have, as `cgroup.subtree_control` takes them
   * @throws the kernel's error
   */
  static make(parent: string, controllers?: string): Group {
    const own = new Group(path.join(parent, ownName));
    mkdirSync(own.folder, { recursive: true });
    if (controllers !== undefined) own.write('cgroup.subtree_control', controllers);
    Group.#made += 1;
    const group = new Group(path.join(own.folder, String(Group.#made)));
    mkdirSync(group.folder);
    return group;
  }

  /** @throws the kernel's error */
  write(file: string, value: string | number): void {
    // Never creates a file: an unknown setting must fail.
    writeFileSync(path.join(this.folder, file), String(value), { flag: 'r+' });
  }

  /** @returns whether there is such a setting, and it took the value */
  tryToWrite(file: string, value: string | number): boolean {
    try {
      this.write(file, value);
      return true;
    } catch {
      return false;
    }
  }

  read(file: string): string | undefined {
    try {
      return readFileSync(path.join(this.folder, file), 'latin1').trim();
    } catch {
      return undefined;
    }
  }

  freeze(): void {
    if (!this.tryToWrite('cgroup.freeze', 1)) this.tryToWrite('freezer.state', 'FROZEN');
  }

  thaw(): void {
    if (!this.tryToWrite('cgroup.freeze', 0)) this.tryToWrite('freezer.state', 'THAWED');
  }

  /** Kills every process in it: also those that fork at the same time, and frozen ones. */
  kill(): void {
    if (this.tryToWrite('cgroup.kill', 1)) return;
    this.freeze();
    for (const pid of this.#processes()) kill(pid);
    // A process that is frozen by version 1 ends when it is thawed, and before it does anything else.
    this.thaw();
  }

  /** Removes it as soon as its processes have ended, and waits for that up to a second. */
  remove(): void {
    for (let attempt = 0; attempt < 1000; attempt += 1) {
      this.kill();
      if (removeFolder(this.folder)) break;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
    // The group of this process is removed with its last environment.
    removeFolder(path.dirname(this.folder));
  }

  #processes(): number[] {
    return (this.read('cgroup.procs') ?? '').split('\n').filter(Boolean).map(Number);
  }
}

/** Removes the groups in a folder that processes have left which were killed, and ends what runs in them. */
export function removeAbandonedGroups(parent: string, isLeft: (name: string) => boolean): void {
  for (const name of foldersIn(parent).filter(isLeft)) {
    const owner = path.join(parent, name);
    for (const child of foldersIn(owner)) new Group(path.join(owner, child)).remove();
    removeFolder(owner);
  }
}

function foldersIn(parent: string): string[] {
  try {
    return readdirSync(parent, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

function removeFolder(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has already ended.
  }
}
