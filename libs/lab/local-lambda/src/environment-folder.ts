import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { isAbandoned, ownName } from './owner/owner.ts';
import { startTime } from './owner/start-time.ts';

/** What an environment has of this machine's disk: its `/tmp`, which ends with it. */
export class EnvironmentFolder {
  /** Absolute: the value of `TMPDIR`. */
  readonly tmp: string;
  readonly #record: string;

  constructor() {
    mkdirSync(ownFolder(), { recursive: true, mode: 0o700 });
    this.tmp = mkdtempSync(path.join(ownFolder(), 'tmp-'));
    this.#record = `${this.tmp}.process`;
  }

  /** Notes the environment's first process, so that it can be ended if this process cannot do it any more. */
  record(pid: number): void {
    writeFileSync(this.#record, `${pid} ${startTime(pid) ?? 0}`);
  }

  remove(): void {
    for (const path of [this.tmp, this.#record]) rmSync(path, { recursive: true, force: true });
    removeIfEmpty(ownFolder());
  }
}

/** The folder of all environments of this process. */
function ownFolder(): string {
  return path.join(tmpdir(), ownName);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Another environment has its own in it.
  }
}

/** Removes what processes have left that were killed before they could, and ends what they had running. */
export function removeAbandonedFolders(): void {
  for (const name of readdirSync(tmpdir()).filter(isAbandoned)) {
    const folder = path.join(tmpdir(), name);
    try {
      if (statSync(folder).uid !== process.getuid?.()) continue;
      for (const file of readdirSync(folder)) {
        if (file.endsWith('.process')) killGroup(readFileSync(path.join(folder, file), 'utf8'));
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
  // A group outlives its first process, and its number is not given to another one meanwhile.
  if (!pid || (now !== undefined && now !== started)) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // There is nobody left in it.
  }
}
