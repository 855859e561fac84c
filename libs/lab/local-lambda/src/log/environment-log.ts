import { InvocationLog, type OnEntry } from './invocation-log.ts';
import type { LogFormat } from './platform-entries.ts';

/** Assigns the output of an environment to its invocation. */
export class EnvironmentLog {
  readonly #format: LogFormat;
  /** Invocations by request id, in the order of their start. */
  readonly #running = new Map<string, InvocationLog>();
  /** Output between invocations, which is part of the next one's log. */
  #since: InvocationLog;

  /** @param format how Lambda's own entries are written */
  constructor(format: LogFormat) {
    this.#format = format;
    this.#since = new InvocationLog(format);
  }

  /**
   * @param requestId of the invocation that begins
   * @param onEntry is called with each entry of its log immediately
   */
  begin(requestId: string, onEntry?: OnEntry): InvocationLog {
    const log = new InvocationLog(this.#format, onEntry, this.#since);
    this.#since = new InvocationLog(this.#format);
    this.#running.set(requestId, log);
    return log;
  }

  end(requestId: string): void {
    this.#running.delete(requestId);
  }

  /** An entry of the function's: of the invocation with its id, or else of the invocation that started first. */
  write(entry: string): void {
    const [first, ...more] = this.#running;
    const named = more.length === 0 ? first : [...this.#running].find(([id]) => entry.includes(id));
    const [, log = this.#since] = named ?? first ?? [];
    log.write(entry);
  }
}
