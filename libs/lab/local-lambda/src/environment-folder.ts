import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { leaveNothingBehind } from './leave-nothing-behind.ts';
import { ownName } from './owner/owner.ts';
import { startTime } from './owner/start-time.ts';
import { environmentProcesses } from './sandbox/environment-processes.ts';

/** Folders of an environment, which are removed with it. */
export class EnvironmentFolder {
  static readonly #toRemove = new Set<string>();

  /** Absolute. */
  readonly path: string;
  /** Absolute: the environment's `/tmp`. */
  readonly tmp: string;
  #forget: (() => void) | undefined;

  /** @param former folder of a lost environment, whose `/tmp` this one takes over. @default an empty `/tmp` */
  constructor(former?: EnvironmentFolder) {
    mkdirSync(ownFolder(), { recursive: true, mode: 0o700 });
    this.path = mkdtempSync(path.join(ownFolder(), 'environment-'));
    this.tmp = path.join(this.path, tmpName);
    if (former) renameSync(former.tmp, this.tmp);
    else mkdirSync(this.tmp);
    former?.remove();
  }

  /** True if it stays for the next environment. */
  get isKept(): boolean {
    return this.#forget !== undefined;
  }

  /** Keeps it for the next environment until {@link remove} is called, or this process ends. */
  keep(): this {
    this.#forget ??= leaveNothingBehind(() => {
      this.remove();
    });
    return this;
  }

  /** Notes the environment's first process, so that it can be ended if this process cannot do it any more. */
  record(pid: number): void {
    writeFileSync(path.join(this.path, recordName), `${pid} ${startTime(pid) ?? 0}`);
  }

  /** Removes it. If no file can be opened now, it is removed with the next one. */
  remove(): void {
    this.#forget?.();
    this.#forget = undefined;
    EnvironmentFolder.#toRemove.add(this.path);
    for (const folder of EnvironmentFolder.#toRemove) {
      if (
        succeeds(() => {
          rmSync(folder, { recursive: true, force: true });
        })
      ) {
        EnvironmentFolder.#toRemove.delete(folder);
      }
    }
    // Unless another environment has its own in it.
    succeeds(() => {
      rmdirSync(ownFolder());
    });
  }
}

const recordName = 'process';
const tmpName = 'tmp';

function succeeds(remove: () => void): boolean {
  try {
    remove();
    return true;
  } catch {
    return false;
  }
}

/** The folder of all environments of this process, and of the code that it wrote for them. */
export function ownFolder(): string {
  return path.join(tmpdir(), ownName);
}

/** Removes the files of processes that were killed, and ends their child processes. */
export function removeAbandonedFolders(isLeft: (name: string) => boolean): void {
  for (const name of readdirSync(tmpdir()).filter(isLeft)) {
    const folder = path.join(tmpdir(), name);
    try {
      if (statSync(folder).uid !== process.getuid?.()) continue;
      for (const environment of readdirSync(folder)) {
        const record = path.join(folder, environment, recordName);
        if (existsSync(record)) killGroup(readFileSync(record, 'utf8'));
        for (const pid of environmentProcesses(path.join(folder, environment, tmpName))) kill(pid);
      }
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another process is removing it.
    }
  }
}

/** @param record as {@link EnvironmentFolder.record} wrote it */
function killGroup(record: string): void {
  const [pid = 0, started] = record.split(' ').map(Number);
  const now = startTime(pid);
  // A group outlives its first process, and its number is not reused until then.
  if (!pid || (now !== undefined && now !== started)) return;
  kill(-pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
