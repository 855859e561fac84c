import { platformEntries, type LogFormat, type PlatformEvent } from './platform-entries.ts';

/** Maximum characters of one invocation's log, so that an endless log does not fill the memory. */
const longestLog = 4 * 1024 * 1024;

/** Receives each entry of a log, without a line end. `platform` marks an entry of Lambda itself, such as `REPORT`. */
export type OnEntry = (entry: string, platform: boolean) => void;

/** The log of one invocation. */
export class InvocationLog {
  readonly #format: LogFormat;
  readonly #onEntry: OnEntry | undefined;
  readonly #entries: string[] = [];
  #length = 0;
  #dropped = 0;

  /**
   * @param format how Lambda's own entries are written; those of the function are unchanged
   * @param onEntry is called with every entry immediately, without a line end, also with entries that are not kept
   * @param earlier the log since the last invocation ended: as on Lambda, it is part of this one's
   */
  constructor(format: LogFormat, onEntry?: OnEntry, earlier?: InvocationLog) {
    this.#format = format;
    this.#onEntry = onEntry;
    if (!earlier) return;
    for (const entry of earlier.#entries) this.write(entry);
    this.#dropped += earlier.#dropped;
  }

  /** An entry of the function's. */
  write(entry: string): void {
    this.#onEntry?.(entry, false);
    if (this.#length + entry.length > longestLog) {
      this.#dropped += 1;
      return;
    }
    this.#length += entry.length + 1;
    this.#entries.push(entry);
  }

  /** Entries of Lambda itself, which are always kept. */
  writePlatform(event: PlatformEvent): void {
    const entries = platformEntries(event, this.#format);
    for (const entry of entries) this.#onEntry?.(entry, true);
    if (this.#dropped > 0)
      this.#entries.push(`[${this.#dropped} log entries were dropped: the log is too long]`);
    this.#dropped = 0;
    this.#entries.push(...entries);
  }

  /** Every entry that was kept, with a line end after each. */
  toString(): string {
    return this.#entries.map((entry) => `${entry}\n`).join('');
  }
}
