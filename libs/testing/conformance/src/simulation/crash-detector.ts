import { interceptUnhandledRejections } from '../setup/unhandled-rejections.ts';
import { InjectedRejection } from './injected-rejection.ts';

/** Collects the invocations whose process Node.js would have ended because of an unhandled rejection. */
export class CrashDetector {
  readonly #rejections = new Map<number, InjectedRejection>();

  /** Starts to collect. Dispose of the result to stop. */
  start(): Disposable {
    return interceptUnhandledRejections((reason, promise, others) => {
      if (reason instanceof InjectedRejection) this.#rejections.set(reason.invocation, reason);
      else for (const other of others) other(reason, promise);
    });
  }

  /** @throws {InjectedRejection} if the invocation crashed; the first time it is asked */
  throwIfCrashed(invocation: number): void {
    const rejection = this.#rejections.get(invocation);
    this.#rejections.delete(invocation);
    if (rejection) throw rejection;
  }
}
