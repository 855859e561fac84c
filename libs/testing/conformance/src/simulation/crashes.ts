import { StrayRejection } from './stray-rejection.ts';

/** Notes which invocations Node would have ended for a rejection that nobody handled. */
export class Crashes {
  readonly #strays = new Map<number, StrayRejection>();

  /**
   * Puts the other listeners aside, for a test runner's would fail the run.
   *
   * @returns ends it
   */
  watch(): Disposable {
    const others = process.listeners('unhandledRejection');
    const note = (reason: unknown, promise: Promise<unknown>): void => {
      if (reason instanceof StrayRejection) this.#strays.set(reason.invocation, reason);
      else for (const other of others) other(reason, promise);
    };
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', note);
    return {
      [Symbol.dispose]: () => {
        process.off('unhandledRejection', note);
        for (const other of others) process.on('unhandledRejection', other);
      },
    };
  }

  /** @throws {StrayRejection} when the invocation let go of one; to be asked once */
  throwIfAny(invocation: number): void {
    const stray = this.#strays.get(invocation);
    this.#strays.delete(invocation);
    if (stray) throw stray;
  }
}
